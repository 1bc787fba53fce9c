import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Grant, type Role, roles } from '../../api/policy.js';
import { auditLog, grants } from '../../db/schema/index.js';
import { type Api, type Caller, openApi } from '../api/client.js';
import { unitOf } from '../import/lists.js';
import { at, openRig, type Rig } from '../rig/rig.js';
import { Campaign, inspector } from '../sampling/campaign.js';
import { outcomeOf, type Rule, ruleFor } from './expectations.js';

/**
 * A sampling whose first round is published and whose second is frozen, and a bulletin that is being drafted. The region's
 * people look into all of it, a city's into what is published. A year of this file's own: worlds share a namespace.
 */
let rig: Rig;
let api: Api;
let wanderer: Caller;
const sampling = '/samplings/990000-2034';
const bulletin = '/bulletins/990000-2034-1';

/** Who, what the region's organ gets, and what a city's does. Who is not named is refused. */
const table: Readonly<Record<string, readonly Rule[]>> = {
  // One a year: that of this one stands. A bulletin may be drafted at any time.
  'POST /samplings': [['inspector sectionHead', 409, 403]],
  'GET /samplings': [['OFFICERS', 'some', 'some']],
  [`GET ${sampling}/rounds`]: [['OFFICERS', 'some', 'some']],
  [`GET ${sampling}/rounds/1`]: [['OFFICERS', 200, 200]],
  [`GET ${sampling}/rounds/2`]: [['OFFICERS', 200, 404]],
  [`GET ${sampling}/rounds/1/population`]: [['OFFICERS', 200, 200]],
  [`GET ${sampling}/rounds/2/population`]: [['OFFICERS', 200, 404]],
  [`GET ${sampling}/rounds/1/carry`]: [['OFFICERS', 200, 200]],
  [`GET ${sampling}/rounds/2/carry`]: [['OFFICERS', 200, 404]],
  [`GET ${sampling}/shares`]: [['OFFICERS', 200, 200]],
  [`GET ${sampling}/counts`]: [['OFFICERS', 'some', 'none']],
  [`GET ${sampling}/forecast`]: [['OFFICERS', 'some', 'none']],
  // The permit was never drawn.
  [`POST ${sampling}/replacements`]: [['inspector sectionHead', 422, 404]],
  'POST /bulletins': [['inspector sectionHead', 201, 403]],
  'GET /bulletins': [['OFFICERS', 'some', 'none']],
  [`GET ${bulletin}`]: [['OFFICERS', 200, 404]],
  [`GET ${bulletin}/figures/sampled/rows`]: [['OFFICERS', 'some', 404]],
  [`GET ${bulletin}/workbook`]: [['OFFICERS', 200, 404]],
  [`GET ${bulletin}/page`]: [['OFFICERS', 200, 404]],
};
const bodies: Readonly<Record<string, object>> = {
  'POST /samplings': { region: '990000', year: 2034 },
  [`POST ${sampling}/replacements`]: {
    ...{ permitNo: '91990100MA0NEVER01001P', kind: 'first', issuedOn: '2034-01-06', reason: '已注销' },
  },
  'POST /bulletins': { region: '990000', from: '2034-01-01', to: '2034-03-31' },
};

beforeAll(async () => {
  rig = await openRig('2034-01-05T09:00:00+08:00');
  api = await openApi(rig);
  wanderer = await api.account('wanderer');
  const campaign = new Campaign(rig, 2034);
  await campaign.ask(inspector, 'sampling.open', { region: '990000', year: 2034 });
  const issued = (unit: number, on: string) =>
    ({ unit: unitOf(rig, unit), city: '990300', kind: 'first', on }) as const;
  await rig.world.advanceTo(at('2034-03-31 09:00'));
  await campaign.import([issued(1, '2034-02-06'), issued(2, '2034-02-07')]);
  await campaign.draw('2034-03-31');
  await rig.world.advanceTo(at('2034-06-30 09:00'));
  await campaign.import([issued(3, '2034-05-08'), issued(4, '2034-05-09')]);
  await campaign.begin();
  await campaign.reconcile('2034-06-30');
  const drafted = await (
    await become([{ role: 'inspector', organ: 'province' }])
  ).post('/bulletins', bodies['POST /bulletins']);
  expect(drafted).toMatchObject({ status: 201, body: { caseId: 'bulletin/990000-2034-1' } });
});
afterAll(async () => {
  await api.close();
  await rig.close();
});

async function become(held: readonly Grant[]): Promise<Caller> {
  await rig.db.delete(grants).where(eq(grants.userId, wanderer.id));
  await rig.db.insert(grants).values(held.map((grant) => ({ userId: wanderer.id, ...grant })));
  return wanderer;
}

const grantAt = (role: Role, organ: string): Grant => {
  if (role === 'applicant') return { role, organ: 'unit:steel' };
  return { role, organ: role.endsWith('Administrator') ? '*' : organ };
};

test.each([
  ['the region’s organ', 'province', 1],
  ['a city’s organ', 'beilan', 2],
] as const)(
  'A5: every role of %s gets of samplings and bulletins what the table says',
  async (_, organ, column) => {
    const found: Record<string, unknown> = {};
    const wanted: Record<string, unknown> = {};
    for (const role of roles) {
      await become([grantAt(role, organ)]);
      for (const [asked, rules] of Object.entries(table)) {
        const [method = '', path = ''] = asked.split(' ');
        const body = method === 'POST' ? bodies[asked] : undefined;
        const answered = await wanderer.send(method, path, body, { 'Idempotency-Key': randomUUID() });
        const expected = ruleFor(rules, role)[column];
        found[`${role} ${asked}`] = outcomeOf(answered, expected);
        wanted[`${role} ${asked}`] = expected;
      }
    }
    expect(found).toEqual(wanted);
  },
  900_000,
);

test('Q3: the samplings of a list tell a city of no round but the published', async () => {
  const roundsFor = async (organ: string) => {
    const { body } = await (await become([{ role: 'sectionHead', organ }])).get('/samplings?limit=1');
    return body;
  };
  const told = { number: '990000-2034', caseId: 'sampling/990000-2034', region: '990000', year: 2034 };
  expect(await roundsFor('province')).toMatchObject({ items: [{ ...told, rounds: 2 }], next: null });
  expect(await roundsFor('beilan')).toMatchObject({ items: [{ ...told, rounds: 1 }], next: null });
});

test('A5: who exports a bulletin, prints it or reads what is behind a figure, and who takes the files of a round, is in the access log', async () => {
  const rows = await rig.db
    .selectDistinct({ subject: auditLog.subject })
    .from(auditLog)
    .where(eq(auditLog.category, 'access'));
  const files = [1, 2].flatMap((round) =>
    ['carry', 'population'].map((file) => `${sampling}/rounds/${round}/${file}`),
  );
  const ofBulletin = ['figures/sampled/rows', 'page', 'workbook'].map((part) => `${bulletin}/${part}`);
  expect(rows.map(({ subject }) => subject).sort()).toEqual([...ofBulletin, ...files]);
});
