import type { CalendarDate } from '../../rules/date.js';
import type { IssueRoute, IssueSeverity, Responsible } from '../../rules/issueWords.js';
import { isFoundByUnit } from '../../rules/selfCheck.js';
import type { IssueToOpen } from '../messages/between.js';
import type { IssueColumns, Place } from '../messages/step.js';
import type { Step } from '../kernel/step.js';

/** A problem as it was found. */
export type Finding = Omit<IssueToOpen, 'confirmedBy'>;

/** The two sides that a problem is fed back to. */
export type Side = 'unit' | 'authority';

/** Something that shows that the problem is mended. */
export type Evidence = Finding['evidence'][number];

/** What an issue remembers. */
export type IssueFacts = {
  /** As found; never changed. */
  readonly finding: Finding;
  readonly confirmedBy: string | null;
  /** The organ that determines and closes it: the finding one, or the one above that took it up. */
  readonly level: string;
  /** As determined; before that, as found. */
  readonly severity: IssueSeverity;
  readonly category: string;
  readonly description: string;
  readonly responsible: Responsible;
  readonly falsified: boolean;
  /** Whether the unit knows of it, and so may see it. */
  readonly toldUnit: boolean;
  readonly parties: readonly Side[];
  /** The latest day on which a letter of the feedback was served. */
  readonly lettersServedOn?: CalendarDate | null;
  readonly statements: readonly {
    readonly side: Side;
    readonly grounds: string | null;
    readonly by: string;
  }[];
  readonly determination: {
    readonly outcome: string;
    readonly reason: string;
    readonly by: string;
    readonly on: CalendarDate;
  } | null;
  readonly assigned: {
    readonly person: string;
    readonly institution: string | null;
    readonly measure: string;
  } | null;
  /** What must end before the issue closes: a case, once it is linked; a lead, by its receipt. */
  readonly routes: readonly {
    readonly route: IssueRoute;
    readonly caseId: string | null;
    readonly receipt: string | null;
    /** The case that was opened for it and has ended without effect. */
    readonly failed?: { readonly caseId: string; readonly outcome: string } | null;
  }[];
  readonly evidence: readonly Evidence[];
  /** How much of it came since the last return: a close-out needs some. */
  readonly fresh: number;
  readonly progress: string | null;
  readonly completedOn: CalendarDate | null;
  /** Everybody who has handed in evidence: none of them verifies or closes. */
  readonly fixers: readonly string[];
  /** Who has verified this round and found it mended. */
  readonly passed: readonly string[];
  readonly verifiers: readonly string[];
  readonly overdue: number;
  readonly reopened: number;
  readonly closedBy: string | null;
  readonly closedOn: CalendarDate | null;
};

/** A step of an issue. */
export type IssueStep = Step<IssueFacts>;

/** The organ that determines and closes the issue. */
export const atLevel = (step: IssueStep): Place => ({ organ: step.facts.level });

/** The organ whose permit it is. */
export const authority = 'reviewing';

/** Remembers what issues are sorted and counted by, here and in the list. */
export function listed(
  step: IssueStep,
  columns: Partial<
    Pick<IssueColumns, 'severity' | 'category' | 'responsible' | 'overdue' | 'reopened' | 'closedOn'>
  >,
): void {
  step.remember(columns);
  step.issue({ type: 'changed', ...columns });
}

/** On which side an actor stands: the unit's people and the desk that writes for them, or the officers of the authority. */
export function sideOf(step: IssueStep): Side {
  const { actor } = step;
  const holds = (role: string, organ: string): boolean => actor.roles.includes(`${role}@${organ}`);
  if (actor.kind === 'applicant' || holds('acceptance', step.organ('accepting'))) return 'unit';
  if (['officer', 'sectionHead'].some((role) => holds(role, step.organ(authority)))) return 'authority';
  return step.refuse('auth.forbidden', {
    what: 'only the unit and the authority speak and mend here',
    where: step.caseId,
    expected: `applicant | acceptance@${step.organ('accepting')} | officer@${step.organ(authority)}`,
  });
}

/** Whose it is to mend: an institution works through the authority that has commissioned it. */
export const mendingSide = ({ facts }: IssueStep): Side =>
  facts.responsible === 'unit' ? 'unit' : 'authority';

/** 自查自纠: found by the unit itself, not grave, not false, and not late. It goes to no enforcement and into no bulletin. */
export const isSelfCorrected = ({ finding, severity, falsified, overdue }: IssueFacts): boolean =>
  isFoundByUnit(finding) && severity === 'general' && !falsified && overdue === 0;
