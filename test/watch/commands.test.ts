import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { fromProject } from '../../db/projectFolder.js';
import { setRehearsalClock } from '../../db/legalClock.js';
import * as people from '../../rehearsal/people.js';
import { until } from '../../rehearsal/world.js';
import { rollOver } from '../../watch/rollover.js';
import { patches } from '../../workflows/kernel/patches.js';
import { newest } from '../../workflows/messages/state.js';
import { Application } from '../application/application.js';
import { yizheng } from '../ledger/installation.js';
import { issuePermit } from '../rig/permits.js';
import { chainOf } from '../rig/replay.js';
import { addUnit, at, openRig, type Rig } from '../rig/rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig('2026-03-02T09:00:00+08:00');
  await addUnit(rig, 'steel');
  const { temporalAddress, codecKeys, dataFolder } = inject('servers');
  vi.stubEnv('DATABASE_URL', rig.databaseUrl);
  vi.stubEnv('TEMPORAL_ADDRESS', temporalAddress);
  vi.stubEnv('TEMPORAL_NAMESPACE', rig.namespace);
  vi.stubEnv('TEMPORAL_TASK_QUEUE', rig.taskQueue);
  vi.stubEnv('YIZHENG_CODEC_KEYS', codecKeys);
  vi.stubEnv('YIZHENG_DATA', dataFolder);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rig.close();
});

test('A7: yizheng doctor ends with 0 where nothing is found, 1 for findings, 2 where it can not look', async () => {
  expect(await yizheng('doctor')).toMatchObject({ code: 0, out: '一切正常 · nothing found' });
  const { caseId } = await Application.receive(rig, 'steel');
  await setRehearsalClock(rig.db, at('2026-03-02 10:00'));
  await rig.client.workflow.getHandle(caseId).terminate('planted');
  await until(async () => ((await yizheng('doctor')).code === 1 ? null : 'nothing'), 'the finding');
  const { out } = await yizheng('doctor');
  expect(out).toContain(caseId);
  expect(out).toContain('重新启动其工作流');
  const repaired = await yizheng('doctor', '--repair', '--json');
  expect(repaired.code).toBe(1);
  expect(JSON.parse(repaired.out)).toMatchObject({
    sawWorkflows: true,
    found: [{ kind: 'case.withoutWorkflow', count: 1, ids: [caseId] }],
    repairs: [{ id: caseId, done: 'started' }],
  });
  await rig.world.settle();
  await until(
    async () => ((await yizheng('doctor', '--deep')).code === 0 ? null : 'still'),
    'nothing is found',
  );
  vi.stubEnv('TEMPORAL_ADDRESS', '127.0.0.1:1');
  const { code, err } = await yizheng('doctor');
  expect({ code, said: err.length > 0 }).toEqual({ code: 2, said: true });
  vi.stubEnv('TEMPORAL_ADDRESS', inject('servers').temporalAddress);
});

test('A10: after a restore, with --deep --repair, every open request is sent again, whoever had held it for however long', async () => {
  const permit = await issuePermit(rig, 'restored', '2026-03-02');
  const row = await rig.write(people.legalOfficer, 'permit.hold', permit.caseId, {
    ...{ hold: 'planted', kind: 'other', reason: '暂缓' },
  });
  const held = await rig.db.execute(
    sql`update requests set attempts = 6, leased_until = clock_timestamp() + interval '1 day' where id = ${row.id} and status = 'open'`,
  );
  expect(held.rowCount, 'nobody has answered it').toBe(1);
  await yizheng('doctor', '--deep', '--repair');
  await until(async () => {
    const { rows } = await rig.db.execute<{ status: string }>(
      sql`select status from requests where id = ${row.id}`,
    );
    return rows[0]?.status === 'done' ? null : JSON.stringify(rows);
  }, 'it is answered');
});

test('A10: a rollover begins anew every run that is older, goes on where it stood, and changes nothing of a case', async () => {
  const ids = [
    (await Application.accepted(rig, 'steel')).caseId,
    (await issuePermit(rig, 'valid', '2026-03-03')).caseId,
  ];
  const before = await Promise.all(ids.map((id) => rig.events(id)));
  const release = new Date(Date.now() + 60_000);
  const context = { client: rig.client, taskQueue: rig.taskQueue };
  await until(async () => {
    const { asked } = await rollOver(context, { before: release, rate: 1000, patience: 0 });
    return asked >= 3 ? null : String(asked);
  }, 'the list knows all of them');
  for (const [index, id] of ids.entries()) {
    await until(
      async () => ((await chainOf(rig.client, id)).length > 1 ? null : 'one run'),
      `${id} began anew`,
    );
    expect(await rig.events(id)).toEqual(before[index]);
  }
  // What began anew goes on: people's requests find it, and its clocks run.
  const again = new Application(rig, ids[0] ?? '');
  await again.review();
  await rig.world.advanceTo(at('2027-03-03 12:00'));
});

test('A10: yizheng rollover ends with 0 when no older run is left, and refuses a rate that is none', async () => {
  const { code, out } = await yizheng('rollover', '--before', '2020-01-01T00:00:00+08:00', '--json');
  expect({ code, answer: JSON.parse(out) as unknown }).toEqual({
    code: 0,
    answer: { before: '2019-12-31T16:00:00.000Z', asked: 0, left: [] },
  });
  expect((await yizheng('rollover', '--rate', '0')).code).toBe(2);
});

test('A10: every patch that a workflow asks for is in the one file, and every one in the file is asked for and named by a new run', () => {
  const folder = fromProject('workflows');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const textOf = (name: string) => readFileSync(join(folder, name), 'utf8');
  const asking = sources.filter((name) => /\b(?:patched|deprecatePatch)\(/.test(textOf(name)));
  expect(asking).toEqual([join('kernel', 'patches.ts')]);
  const used = sources.flatMap((name) =>
    [...textOf(name).matchAll(/\bbegunUnder\('(\w+)',/g)].map(([, change = '']) => change),
  );
  expect([...new Set(used)].sort()).toEqual(Object.keys(patches).sort());
  expect([...newest.begunUnder].sort()).toEqual(Object.keys(patches).sort());
});
