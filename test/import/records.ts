import { type RecordColumn, readRecords, recordHeader } from '../../import/platform/columns.js';
import { importRecords, type RecordImport } from '../../import/platform/run.js';
import * as people from '../../rehearsal/people.js';
import type { Rig } from '../rig/rig.js';

/** A row of the platform's list of acts as a test writes it. */
export type RecordRowText = Partial<Record<RecordColumn, string>>;

/** The list as CSV. */
export function recordsCsv(rows: readonly RecordRowText[]): Buffer {
  const columns = Object.keys(recordHeader.titles) as RecordColumn[];
  const lines = [
    columns.map((column) => recordHeader.titles[column][0]),
    ...rows.map((row) => columns.map((column) => row[column] ?? '')),
  ];
  return Buffer.from(lines.map((cells) => cells.join(',')).join('\r\n'));
}

/** Imports a list in the name of the city's acceptance desk. */
export async function importAs(rig: Rig, rows: readonly RecordRowText[], more: Partial<RecordImport> = {}) {
  const { desk } = people;
  const report = await importRecords(rig.db, readRecords(recordsCsv(rows)), {
    ...{ by: desk.id, areas: null, dryRun: false, patience: 120_000 },
    actorFor: ({ role, organ }) => (desk.roles.includes(`${role}@${organ}`) ? desk : null),
    ...more,
  });
  await rig.world.settle();
  return report;
}
