import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eq, inArray } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cases, requests, tasks } from '../../db/schema/index.js';
import { until } from '../../rehearsal/world.js';
import { type Api, openApi } from '../api/client.js';
import { Application } from '../application/application.js';
import { compiledCommand } from '../cli/compiled.js';
import { addUnit, openRig, type Rig } from '../rig/rig.js';
import { creditCode, importList, permitNo, row, unitOf } from './lists.js';
import { type RecordRowText, recordsCsv } from './records.js';

let rig: Rig;
let api: Api;
let folder: string;
beforeAll(async () => {
  rig = await openRig('2026-03-09T09:00:00+08:00');
  api = await openApi(rig);
  folder = await mkdtemp(join(tmpdir(), 'yizheng-killed-'));
});
afterAll(async () => {
  await api.close();
  await rig.close();
  await rm(folder, { recursive: true });
});

/** A page is of 200 rows: the second one begins in the middle of these. */
const permitsOfHalf = 205;

/** What one of the two runs works on: permits with an act that is news, and two applications that await the platform. */
interface Half {
  readonly file: string;
  readonly numbers: readonly string[];
  readonly applications: readonly Application[];
}

async function half(name: string, firstUnit: number): Promise<Half> {
  const units = Array.from({ length: permitsOfHalf }, (_, index) => unitOf(rig, firstUnit + index));
  // In parts, for each of which the rig waits until its lives have begun.
  for (let first = 0; first < units.length; first += 25) {
    const some = units.slice(first, first + 25);
    await importList(
      rig,
      some.map((unit) => row(unit)),
    );
  }
  const applications: Application[] = [];
  const awaiting: RecordRowText[] = [];
  for (const place of ['first', 'last']) {
    const unit = `${name}.${place}`;
    const { creditCode: code } = await addUnit(rig, unit);
    applications.push(await Application.granted(rig, unit));
    awaiting.push({
      ...{ businessNo: `GP-${unit}`, business: '首次申请', permitNo: `${code}001P`, creditCode: code },
      ...{ at: '2026-03-09 08:30', validFrom: '2026-03-09', validTo: '2031-03-08' },
    });
  }
  const news = units.map((unit, index) => ({
    ...{ businessNo: `GP-${index}`, business: '变更', at: '2026-03-09 08:45' },
    ...{ permitNo: permitNo(unit), creditCode: creditCode(unit), validTo: '2029-03-04' },
  }));
  const file = join(folder, `${name}.csv`);
  await writeFile(file, recordsCsv([...awaiting.slice(0, 1), ...news, ...awaiting.slice(1)]));
  return { file, numbers: units.map(permitNo), applications };
}

const environment = () => ({ ...process.env, DATABASE_URL: rig.databaseUrl, YIZHENG_DATA: folder });
const argumentsOf = ({ file }: Half) => [
  ...[compiledCommand(), 'import', file, '--of', 'platform', '--as', 'desk', '--json'],
];

/** Runs the import to its end; a difference that a person has to look into is its exit code 1. */
async function imported(of: Half): Promise<unknown> {
  const ran = promisify(execFile)(process.execPath, argumentsOf(of), { env: environment() });
  const { stdout } = (await ran.catch((error: unknown) => error)) as { stdout: string };
  await until(
    async () => {
      const open = await rig.db.$count(requests, eq(requests.status, 'open'));
      return open === 0 ? null : `${open} open`;
    },
    'every case has answered',
    600_000,
  );
  await rig.world.settle();
  return JSON.parse(stdout);
}

/** Everything that came of it, permit by permit, but for the numbers that are each half's own. */
async function resultOf({ numbers, applications }: Half): Promise<object> {
  const permits = [];
  for (const no of numbers) {
    const caseId = `permit/${no}`;
    const opened = await rig.db.select().from(tasks).where(eq(tasks.caseId, caseId));
    const asked = await rig.db.select().from(requests).where(eq(requests.caseId, caseId));
    permits.push({
      // The life itself was begun by an import with a number of its own.
      entries: (await rig.events(caseId))
        .filter(({ event }) => event !== 'permit.imported')
        .map(({ event, actor, zh }) => [event, actor.id, zh.replaceAll(no, '…')]),
      tasks: opened.map(({ id, kind, role, organ, status }) => [
        ...[id.replace(no, '…'), kind, role, organ, status],
      ]),
      requests: asked.map(({ name, status }) => `${name} ${status}`).sort(),
    });
  }
  const stories = [];
  for (const application of applications) stories.push(await application.story());
  return { permits, stories };
}

test('L6: killed in the middle, the import of the platform’s acts goes on where it was, and ends as an unbroken one', async () => {
  await api.account('desk', { role: 'acceptance', organ: 'yunchuan' });
  const [broken, whole] = [await half('broken', 100), await half('whole', 500)];
  const rows = permitsOfHalf + 2;
  expect(await imported(whole)).toMatchObject({ rows, accepted: 2, differing: permitsOfHalf });

  // The first page is written; at a case of the second one the import waits, and there it is killed.
  const onSecondPage = `permit/${broken.numbers.at(-2) ?? ''}`;
  const caseIds = [
    ...broken.numbers.map((no) => `permit/${no}`),
    ...broken.applications.map(({ caseId }) => caseId),
  ];
  const askedOf = () => rig.db.$count(requests, inArray(requests.caseId, caseIds));
  const before = await askedOf();
  await rig.db.transaction(async (tx) => {
    await tx.select().from(cases).where(eq(cases.id, onSecondPage)).for('update');
    const child = spawn(process.execPath, argumentsOf(broken), { env: environment(), stdio: 'ignore' });
    const ended = once(child, 'exit');
    await until(
      async () => ((await askedOf()) - before >= 200 ? null : 'not yet'),
      'the first page is written',
      120_000,
    );
    child.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
  });
  expect((await askedOf()) - before, 'the second page is not').toBe(200);

  expect(await imported(broken)).toMatchObject({
    ...{ rows, accepted: 1, differing: permitsOfHalf - 199, unchanged: 200, rejected: 0, unmatched: 0 },
  });
  expect(await resultOf(broken)).toEqual(await resultOf(whole));
  // And once more changes nothing.
  expect(await imported(broken)).toMatchObject({ accepted: 0, differing: 0, unchanged: rows });
}, 900_000);
