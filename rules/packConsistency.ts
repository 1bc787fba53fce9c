import type { ErrorDetail } from './errors.js';
import type { LadderStep } from './ladder.js';
import { groundOf } from './instruments.js';
import { type Limit, mayTakeEffect } from './limit.js';
import type { DocumentKind, RulePack } from './pack.js';
import { organProblems } from './packOrgans.js';
import { failing, problem, twice } from './packProblem.js';

/** The limits that the procedures start clocks under: no pack may lack one. */
const indispensableLimits = [
  'completeness',
  'supplement.submit',
  'decision.simplified',
  'decision.key',
  'decision.key.visit',
  'renewal.apply',
  'renewal.decision',
  'renewal.confirm',
  'change.apply',
  'change.decision',
  'replacement.decision',
  'delivery',
  'publicity',
  'hearing.request',
  'hearing.hold',
  'permit.validity',
  'permit.expiry',
  'review.element',
  'review.revision',
  'verification',
  'sign',
  'service',
  'platform.record',
  'cancellation.enquiry',
  'cancellation.hearing',
  'cancellation.decision',
  'authority.statement',
  'authority.decision',
  'authority.compensation',
  'authorityChange.standard',
  'authorityChange.quota',
  'urging.answer',
  'urging.check',
  'registration.validity',
  'registration.renewal',
  'registration.change',
  'class.review',
  'cleanUp.review',
  'issue.handling',
  'issue.objection',
  'issue.rectify.general',
  'issue.rectify.serious',
  'issue.rectify.again',
  'issue.verification',
  'issue.observation',
  'sampling.round',
  'sampling.yearEnd',
  'sampling.handling',
  'sampling.proof',
  'bulletin.handling',
  'bulletin.comment',
  'qualityReview',
  'sweep',
  'selfCheck',
  'selfCheck.again',
  'selfCheck.mending',
] as const;

/** What contradicts itself in a pack whose parts are each well formed. */
export function inconsistencies(pack: RulePack): readonly ErrorDetail[] {
  return [
    ...indispensableLimits
      .filter((id) => pack.limits[id] === undefined)
      .map((id) => problem(`limits.${id}`, 'this limit', undefined)),
    ...Object.entries(pack.limits).flatMap(([id, limit]) => limitProblems(pack, id, limit)),
    ...promiseProblems(pack),
    ...Object.entries(pack.ladders).flatMap(([id, steps]) => ladderProblems(pack, id, steps)),
    ...twice('pauseGrounds', pack.pauseGrounds),
    ...twice('gates', pack.gates),
    ...twice('visitTriggers', pack.visitTriggers),
    ...twice('requiredFiles', pack.requiredFiles),
    ...organProblems(pack),
    ...Object.entries(pack.documents).flatMap(([id, document]) => documentProblems(pack, id, document)),
    ...remedyProblems(pack),
    ...settingProblems(pack),
  ];
}

function limitProblems(pack: RulePack, id: string, limit: Limit): ErrorDetail[] {
  const at = `limits.${id}`;
  const unknown = limit.pauseGrounds.find((ground) =>
    pack.pauseGrounds.every((known) => known.id !== ground),
  );
  return failing(
    [limit.id === id, `${at}.id`, id, limit.id],
    [
      limit.pausable === limit.pauseGrounds.length > 0,
      `${at}.pauseGrounds`,
      'grounds where, and only where, it can pause',
      limit.pauseGrounds,
    ],
    [unknown === undefined, `${at}.pauseGrounds`, 'a ground of the pack', unknown],
    [
      !limit.firstDayCounts || limit.unit === 'year',
      `${at}.firstDayCounts`,
      'false: only a term counts its first day',
      true,
    ],
    [
      limit.unit !== 'year' || limit.firstDayCounts,
      `${at}.firstDayCounts`,
      'true: a term begins with its first day',
      false,
    ],
    [limit.unit !== 'year' || limit.length > 0, `${at}.length`, 'at least one year', limit.length],
    [limit.unit !== 'year' || !limit.pausable, `${at}.pausable`, 'false: a term does not pause', true],
    [
      limit.unit !== 'year' || limit.roll === 'none',
      `${at}.roll`,
      'none: a term ends on its last day',
      limit.roll,
    ],
    [
      limit.direction === 'forward' || limit.roll === 'none',
      `${at}.roll`,
      'none: what is counted back never rolls',
      limit.roll,
    ],
    [
      limit.direction === 'forward' || limit.unit !== 'year',
      `${at}.direction`,
      'forward, for a term',
      limit.direction,
    ],
    [
      limit.direction === 'forward' || !limit.pausable,
      `${at}.pausable`,
      'false: what is counted back does not pause',
      true,
    ],
    [
      limit.effectiveTo === null || limit.effectiveTo >= limit.effectiveFrom,
      `${at}.effectiveTo`,
      `${limit.effectiveFrom} or later`,
      limit.effectiveTo,
    ],
  );
}

function promiseProblems(pack: RulePack): ErrorDetail[] {
  return pack.promised.flatMap(({ organ, limit: id, length }, index) => {
    const limit = pack.limits[id];
    const at = `promised.${index}`;
    return failing(
      [pack.organs.some((known) => known.id === organ), `${at}.organ`, 'an organ of the pack', organ],
      [limit !== undefined, `${at}.limit`, 'a limit of the pack', id],
      [
        limit === undefined || length <= limit.length,
        `${at}.length`,
        `no longer than the limit, ${limit?.length ?? 0}`,
        length,
      ],
    );
  });
}

function ladderProblems(pack: RulePack, id: string, steps: readonly LadderStep[]): ErrorDetail[] {
  return [
    ...failing([pack.limits[id] !== undefined, `ladders.${id}`, 'a limit of the pack', id]),
    ...twice(
      `ladders.${id}`,
      steps.map((step) => ({ id: step.name })),
    ),
    ...steps.flatMap((step, index) => {
      const at = `ladders.${id}.${index}`;
      const set = [step.before, step.after, step.every].filter((part) => part !== undefined).length;
      return failing(
        [set === 1, at, 'one of before, after and every', step],
        [step.name !== 'lapse', `${at}.name`, 'a name other than lapse, which every clock has', step.name],
        [
          (step.every === 'year') === (step.action === 'anniversary'),
          `${at}.action`,
          'anniversary with every, and only there',
          step.action,
        ],
        [step.every === undefined || pack.limits[id]?.unit === 'year', `${at}.every`, 'a limit in years', id],
      );
    }),
  ];
}

function documentProblems(
  pack: RulePack,
  id: string,
  { numberPattern, served, startsClock, grounds }: DocumentKind,
): ErrorDetail[] {
  const parts = ['{organShort}', '{year}', '{number}'];
  const unlawful = grounds.find(({ short }) => groundOf(short) === undefined)?.short;
  return failing(
    [
      numberPattern === null || parts.every((part) => numberPattern.includes(part)),
      `documents.${id}.numberPattern`,
      parts.join(' '),
      numberPattern,
    ],
    [
      startsClock === null || pack.limits[startsClock] !== undefined,
      `documents.${id}.startsClock`,
      'a limit of the pack',
      startsClock,
    ],
    [startsClock === null || served, `documents.${id}.served`, 'true: a clock runs from its service', served],
    [unlawful === undefined, `documents.${id}.grounds`, 'articles of law', unlawful],
  );
}

/** A term that is told to the holder has been read, or somebody answers for it. */
function remedyProblems({ remedies }: RulePack): ErrorDetail[] {
  return Object.entries(remedies).flatMap(([id, { standing, confirmedBy }]) =>
    failing([
      standing === 'seen' || confirmedBy !== null,
      `remedies.${id}.confirmedBy`,
      'the legal officer who has confirmed the term',
      confirmedBy,
    ]),
  );
}

/** A cancellation completes by itself only where the region's own document says so, on a term that somebody answers for. */
function settingProblems({ settings, limits }: RulePack): ErrorDetail[] {
  const automatic = settings.cancellationCompletion === 'automatic';
  const hearing = limits['cancellation.hearing'];
  return failing(
    [
      automatic === (settings.cancellationDocument !== null),
      'settings.cancellationDocument',
      automatic ? "the number of the region's own document" : 'null: a signed cancellation needs none',
      settings.cancellationDocument,
    ],
    [
      !automatic || hearing === undefined || mayTakeEffect(hearing),
      'limits.cancellation.hearing.confirmedBy',
      'the legal officer who has confirmed the term',
      hearing?.confirmedBy,
    ],
  );
}
