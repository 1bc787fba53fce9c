import { expect, test } from 'vitest';
import { people } from '../../cli/demonstration.js';
import { elementRoles } from '../../api/policy.js';
import { responsibility, signingChainOf } from '../../rules/pack.js';
import { demonstration } from '../../rules/packs/demonstration/index.js';

const held = new Set(people.flatMap(({ grants }) => grants.map(({ role, organ }) => `${role}@${organ}`)));

test.each([
  ['990100', 'where one bureau does everything'],
  ['990200', 'where an approval bureau decides and the ecology bureau reviews'],
])('L19: the demonstration has somebody for every task of a permit in %s, %s', (area) => {
  const { accepting, reviewing, deciding, sealing, supervising } = responsibility(
    demonstration,
    area,
    'first',
  );
  const needed = [
    ...['acceptance', 'officer'].map((role) => `${role}@${accepting}`),
    ...[...elementRoles, 'verification'].map((role) => `${role}@${reviewing}`),
    ...signingChainOf(demonstration, deciding).map(({ role }) => `${role}@${deciding}`),
    ...['legalOfficer', 'organHead'].map((role) => `${role}@${deciding}`),
    `sealKeeper@${sealing}`,
    `enforcement@${supervising}`,
    // Whoever reviews is urged by heads of his own organ.
    ...['sectionHead', 'deputyHead'].map((role) => `${role}@${reviewing}`),
  ];
  expect(needed.filter((each) => !held.has(each))).toEqual([]);
});
