import type { Distance, Ladders, LadderStep } from '../../ladder.js';

const workingDays = (length: number): Distance => ({ length, unit: 'workingDay' });
const calendarDays = (length: number): Distance => ({ length, unit: 'calendarDay' });
const promised = { basis: 'promised', at: '09:00' } as const;
const statutory = { basis: 'statutory', at: '09:00' } as const;

/** The red card comes as the promised day is over, at 00:00. */
const red: LadderStep = {
  name: 'red',
  after: calendarDays(1),
  basis: 'promised',
  at: '00:00',
  action: 'red',
  level: 'officer',
};

/** A decision: cards and escalations by the promise, and a last warning by the statute. */
const decision: readonly LadderStep[] = [
  { name: 'remind5', before: workingDays(5), ...promised, action: 'remind', level: 'officer' },
  { name: 'yellow', before: workingDays(3), ...promised, action: 'yellow', level: 'officer' },
  { name: 'sectionHead', before: workingDays(1), ...promised, action: 'escalate', level: 'sectionHead' },
  red,
  { name: 'deputyHead', after: workingDays(1), ...promised, action: 'escalate', level: 'deputyHead' },
  { name: 'lastWarning', before: workingDays(1), ...statutory, action: 'warn', level: 'deputyHead' },
];

/** A piece of work inside the organ. */
const work: readonly LadderStep[] = [
  { name: 'yellow', before: workingDays(1), ...promised, action: 'yellow', level: 'officer' },
  red,
  { name: 'sectionHead', after: workingDays(1), ...promised, action: 'escalate', level: 'sectionHead' },
  { name: 'deputyHead', after: workingDays(3), ...promised, action: 'escalate', level: 'deputyHead' },
];

const holderReminder = (length: number): LadderStep => ({
  name: `remind${length}`,
  before: calendarDays(length),
  ...statutory,
  action: 'remind',
  level: 'applicant',
});

const expiryWarning = (length: number, level: 'officer' | 'sectionHead' | 'deputyHead'): LadderStep => ({
  name: `warn${length}`,
  before: workingDays(length),
  ...statutory,
  action: 'warn',
  level,
});

const applicantReminder = (length: number): LadderStep => ({
  name: `remind${length}`,
  before: workingDays(length),
  ...statutory,
  action: 'remind',
  level: 'applicant',
});

const aim: readonly LadderStep[] = [expiryWarning(10, 'officer'), expiryWarning(3, 'sectionHead')];
/** A rectification: whoever mends is reminded, then the cards and the heads; a lapse counts and climbs by itself. */
const rectification: readonly LadderStep[] = [
  { name: 'remind5', before: calendarDays(5), ...statutory, action: 'remind' },
  { name: 'yellow', before: calendarDays(3), ...promised, action: 'yellow', level: 'officer' },
  red,
  { name: 'sectionHead', after: workingDays(1), ...promised, action: 'escalate', level: 'sectionHead' },
  { name: 'deputyHead', after: workingDays(3), ...promised, action: 'escalate', level: 'deputyHead' },
];

/** The ladders of the demonstration region. */
export const ladders: Ladders = {
  // Silence accepts: both heads hear of it while there is still time.
  completeness: [
    { name: 'yellow', before: workingDays(1), ...promised, action: 'yellow', level: 'officer' },
    { name: 'warnSectionHead', before: workingDays(1), ...statutory, action: 'warn', level: 'sectionHead' },
    { name: 'warnDeputyHead', before: workingDays(0), ...statutory, action: 'warn', level: 'deputyHead' },
  ],
  'supplement.submit': [applicantReminder(5)],
  'review.revision': [applicantReminder(3), red],
  'decision.simplified': decision,
  'decision.key': decision,
  'decision.key.visit': decision,
  'renewal.decision': decision,
  'change.decision': decision,
  'replacement.decision': decision,
  'penalty.decision': decision,
  delivery: work,
  publicity: work,
  'hearing.hold': work,
  'hearing.notice': work,
  'review.element': work,
  verification: work,
  sign: work,
  service: work,
  'platform.record': work,
  'renewal.confirm': work,
  'cancellation.enquiry': work,
  'cancellation.decision': work,
  'authority.decision': work,
  'authority.compensation': work,
  'urging.check': work,
  'urging.answer': [applicantReminder(10), applicantReminder(3)],
  // An aim that rests on what was recalled: it warns.
  'authorityChange.standard': aim,
  'authorityChange.quota': aim,
  'class.review': work,
  'cleanUp.review': work,
  // A round is drawn on the last day of its quarter at the latest; the year's is forecast from 1 December.
  'sampling.round': [{ name: 'remind10', before: calendarDays(10), ...statutory, action: 'remind' }],
  'sampling.yearEnd': [{ name: 'forecast', before: calendarDays(30), ...statutory, action: 'remind' }],
  'sampling.handling': work,
  'sampling.proof': work,
  'bulletin.handling': work,
  'bulletin.comment': work,
  // The window opens with the first of them.
  'registration.validity': [60, 30, 20, 7].map(holderReminder),
  'issue.handling': work,
  'issue.verification': work,
  'issue.rectify.general': rectification,
  'issue.rectify.serious': rectification,
  'issue.rectify.again': rectification,
  qualityReview: work,
  sweep: [
    { name: 'remind30', before: calendarDays(30), ...statutory, action: 'remind', level: 'officer' },
    { name: 'yellow', before: calendarDays(10), ...promised, action: 'yellow', level: 'officer' },
    { name: 'warn5', before: calendarDays(5), ...statutory, action: 'warn', level: 'sectionHead' },
    red,
    { name: 'sectionHead', after: workingDays(1), ...promised, action: 'escalate', level: 'sectionHead' },
    { name: 'deputyHead', after: workingDays(5), ...promised, action: 'escalate', level: 'deputyHead' },
  ],
  selfCheck: [holderReminder(15), holderReminder(5), red],
  'selfCheck.again': [holderReminder(5), red],
  'selfCheck.mending': [holderReminder(10), holderReminder(3)],
  // An undecided renewal is renewed by the law: warned of ever higher up.
  'permit.expiry': [
    expiryWarning(10, 'officer'),
    expiryWarning(5, 'sectionHead'),
    expiryWarning(3, 'deputyHead'),
    expiryWarning(1, 'deputyHead'),
  ],
  // The holder is reminded until the 60 days of REG 14 are near; the workflow's history is renewed every year.
  'permit.validity': [
    { name: 'anniversary', every: 'year', basis: 'statutory', at: '03:00', action: 'anniversary' },
    ...[180, 120, 90, 75, 65].map(holderReminder),
  ],
};
