import type { CalendarDate } from '../../rules/date.js';
import type { Transaction } from '../../db/database.js';
import { statement } from '../../db/statement.js';
import type { Later } from '../../db/transaction.js';
import type { PermitChange } from '../../workflows/messages/step.js';
import type { WritingStep } from './writes.js';

// The last day is the due day of the validity clock, set by the `validTo` change of the same step.
const insertPermit = statement(
  'commit.insertPermit',
  `insert into permits (permit_no, unit_id, permit_class, area, valid_from, valid_to, state, version)
   values ($1, $2, $3, $4, $5, $5, 'valid', 0)`,
);

// A version of a permit that is not there has no number, which the column refuses: a fault of ours, and a loud one.
const addVersion = statement(
  'commit.addVersion',
  `with counted as (update permits set version = version + 1 where permit_no = $1 returning version)
   insert into permit_versions (permit_no, version, kind, content_id, case_id, platform, at)
   values ($1, (select version from counted), $2, $3, $4, $5, $6)`,
);

const correctPermit = statement(
  'commit.correctPermit',
  'update permits set permit_class = $2, valid_from = coalesce($3, valid_from) where permit_no = $1',
);

const setState = statement('commit.setPermitState', 'update permits set state = $2 where permit_no = $1');

const setValidTo = statement(
  'commit.setPermitValidTo',
  'update permits set valid_to = $2 where permit_no = $1',
);

const placeHold = statement(
  'commit.placeHold',
  'insert into holds (permit_no, id, kind, reason, placed_at) values ($1, $2, $3, $4, $5)',
);

const releaseHold = statement(
  'commit.releaseHold',
  'update holds set released_at = $3 where permit_no = $1 and id = $2',
);

/** Writes what a step does to the permit register. The statements run in this order on the one connection. */
export function writePermit(
  tx: Transaction,
  later: Later,
  step: WritingStep,
  changes: readonly PermitChange[],
  dueOf: (clock: string) => CalendarDate,
): void {
  for (const change of changes) later(writeChange(tx, step, change, dueOf));
}

function writeChange(
  tx: Transaction,
  { at }: WritingStep,
  change: PermitChange,
  dueOf: (clock: string) => CalendarDate,
): Promise<unknown> {
  const { permitNo } = change;
  switch (change.type) {
    case 'issued':
      return insertPermit(tx, permitNo, change.unitId, change.permitClass, change.area, change.validFrom);
    case 'version': {
      const { kind, contentId, caseId, platform } = change;
      return addVersion(tx, permitNo, kind, contentId, caseId, platform, at);
    }
    case 'corrected':
      return correctPermit(tx, permitNo, change.permitClass, change.validFrom ?? null);
    case 'state':
      return setState(tx, permitNo, change.state);
    case 'validTo':
      return setValidTo(tx, permitNo, dueOf(change.clock));
    case 'held':
      return placeHold(tx, permitNo, change.hold, change.kind, change.reason, at);
    case 'released':
      return releaseHold(tx, permitNo, change.hold, at);
  }
}
