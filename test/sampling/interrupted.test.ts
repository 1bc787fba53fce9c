import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { carryFile, optionsOf, populationFile, resultOf } from '../../api/samplingFiles.js';
import { itemsOfRound, roundsOf } from '../../db/queries/samplings.js';
import { compiledCommand } from '../cli/compiled.js';
import { unitOf } from '../import/lists.js';
import { at, openRig, type Rig } from '../rig/rig.js';
import { startWorkerProcess } from '../rig/workerProcess.js';
import { Campaign, inspector } from './campaign.js';
import { drawn } from './sampling.js';

let rig: Rig;
let campaign: Campaign;
let folder: string;

beforeAll(async () => {
  compiledCommand();
  folder = await mkdtemp(join(tmpdir(), 'yizheng-draw-'));
  // A year of this file's own: worlds share a namespace.
  rig = await openRig('2028-01-05T09:00:00+08:00');
  campaign = new Campaign(rig, 2028);
  await campaign.ask(inspector, 'sampling.open', { region: '990000', year: 2028 });
  await rig.world.advanceTo(at('2028-03-31 09:00'));
  const days = [
    '2028-01-10',
    '2028-01-11',
    '2028-02-08',
    '2028-02-09',
    '2028-03-01',
    '2028-03-02',
    '2028-03-03',
  ];
  await campaign.import(
    days.map((on, index) => ({ unit: unitOf(rig, index + 1), city: '990300', kind: 'first', on })),
  );
});
afterAll(async () => {
  await rig.close();
  await rm(folder, { recursive: true });
});

/** A worker process whose power goes right after the next transaction commits. */
async function fusedWorker() {
  const fuse = join(folder, 'fuse');
  await rm(fuse, { force: true });
  const worker = await startWorkerProcess({ ...rig, fuse });
  await writeFile(fuse, '');
  return worker;
}

/** Does this while the next commit is the worker's last; then a worker of ours goes on. */
async function cutBehind(act: () => Promise<unknown>): Promise<void> {
  const worker = await fusedWorker();
  const dead = once(worker, 'exit');
  const done = act();
  expect((await dead)[1]).toBe('SIGKILL');
  await rig.startWorker();
  await done;
}

test('Q4: killed behind the commitment, behind the freeze and behind the draw: one seed, one population, one sample', async () => {
  await rig.stopWorker();
  await cutBehind(() => campaign.begin());
  await rig.world.settle();
  const [committed, ...others] = await roundsOf(rig.db, campaign.caseId);
  expect(others).toEqual([]);
  expect((await campaign.entries('sampling.seedCommitted'))[0]?.params['seedHash']).toBe(committed?.seedHash);

  await rig.stopWorker();
  const reconcile = async () => {
    const form = {
      outcome: 'entered',
      asOf: '2028-03-31',
      source: '国家平台',
      counts: campaign.counts('2028-03-31'),
    };
    await campaign.complete(inspector, 'samplingCounts', form);
  };
  await cutBehind(reconcile);
  await rig.world.settle();
  const frozen = await campaign.round(1);
  expect(await campaign.population(1)).toHaveLength(7);
  expect(await itemsOfRound(rig.db, campaign.caseId, 1)).toHaveLength(3);

  await rig.stopWorker();
  await cutBehind(() => campaign.publish());
  await rig.world.settle();
  const published = await campaign.round(1);
  expect(published).toMatchObject({ seedHash: committed?.seedHash, populationHash: frozen.populationHash });
  const items = await itemsOfRound(rig.db, campaign.caseId, 1);
  const files = { 'carry.csv': carryFile(published) };
  const population = await campaign.population(1);
  const again = await drawn(
    populationFile(population),
    [...optionsOf(published), '--carry', 'FOLDER/carry.csv'],
    files,
  );
  expect(again).toEqual(resultOf(published, population, items));
  for (const event of ['seedCommitted', 'frozen', 'drawn', 'published'])
    expect(await campaign.entries(`sampling.${event}`), event).toHaveLength(1);
});
