import type { IssueRoute } from '../../rules/issueWords.js';
import { isFulfilledBy, type StartedRoute, startedRoutes } from '../../rules/issueRoutes.js';
import type { CaseMessages } from '../messages/between.js';
import type { RequestBodies, TaskForms } from '../messages/catalogue.js';
import type { JsonObject } from '../messages/json.js';
import type { TaskOpened } from '../messages/step.js';
import { authority, type IssueFacts, type IssueStep, isSelfCorrected } from './facts.js';

type Route = IssueFacts['routes'][number];

/** The task by which an officer of the authority starts what is its own to start. */
export const taskOf = (route: IssueRoute): string => `issueRoute.${route}`;

const isStarted = (route: IssueRoute): route is StartedRoute => startedRoutes.some((own) => own === route);

/**
 * What the issue takes beside its rectification. What is the authority's own act one of its officers starts from here; what
 * takes an application the unit is asked for, and its case links when it comes. A lead goes to enforcement, to be verified;
 * 自查自纠 goes to nobody.
 */
export function addRoute(step: IssueStep, route: IssueRoute): void {
  const { routes } = step.facts;
  if (routes.some((known) => known.route === route)) {
    step.refuse('rule.refused', { what: 'the issue has this route already', where: 'route', found: route });
  }
  if (route === 'lead') {
    if (isSelfCorrected(step.facts)) {
      step.refuse('rule.refused', {
        what: 'what a unit found and mends itself in time goes to no enforcement, unless grave or false',
        where: 'route',
        expected: 'a serious, false or overdue problem',
        found: step.facts.severity,
      });
    }
    step.openTask('lead', 'enforcement', 'supervising', { limit: 'issue.handling' });
  }
  step.remember({ routes: [...routes, { route, caseId: null, receipt: null, failed: null }] });
  ask(step, route);
}

/** Asks whoever can begin it: an officer by a task, the unit by a notice. */
function ask(step: IssueStep, route: IssueRoute): void {
  if (isStarted(route)) {
    step.openTask(taskOf(route), 'officer', authority, { limit: 'issue.handling' });
  } else if (route === 'change' || route === 'reapplication' || route === 'renewal') {
    const { permitNo } = step.facts.finding;
    step.remember({ toldUnit: true });
    step.notify('issue.applicationAsked', 'applicant', { permitNo, procedure: route });
  }
}

const mending = ['assigning', 'notifying', 'rectifying', 'verifying', 'closing'] as const;

export function routeFurther(
  step: IssueStep,
  { route, reason, falsified }: RequestBodies['issue.route'],
): void {
  step.require(...mending);
  if (falsified) step.remember({ falsified });
  addRoute(step, route);
  step.record('issue.routed', { route, reason });
}

/** The officer's form is the act's own; its case is started by a message, in his name. */
export function startRoute(step: IssueStep, form: TaskForms['issueRoute'], task: TaskOpened): void {
  const route = task.kind.slice('issueRoute.'.length);
  if (form.outcome !== route) {
    step.refuse('input.invalid', {
      what: 'the form is another act’s',
      where: 'outcome',
      expected: route,
      found: form.outcome,
    });
  }
  const { outcome } = form;
  const { permitNo, unitId, area } = step.facts.finding;
  const caseId = `${outcome}/${step.caseId.slice('issue/'.length)}.${task.round}`;
  const begin = (branch: IssueStep): void => {
    // The form is plain data, as it was parsed.
    const act = { permitNo, unitId, area, officer: step.actor.id, issueId: step.caseId };
    branch.tell(caseId, `${outcome}.open`, { ...form, ...act } as JsonObject);
    setRoute(branch, outcome, { caseId, failed: null });
    branch.record('issue.started', { route: outcome, case: caseId });
  };
  // Refused here, where the officer hears it, and not only by the case that he starts.
  const asks = form.outcome === 'urging' ? form.asks : null;
  const stays = outcome === 'annulment' || asks === 'executionReport' ? { lapsed: begin } : {};
  step.dependOn('routeStanding', { caseId, permitNo, unitId, area, asks }, { inForce: begin, ...stays });
}

/** The case of a route, by its id: the transaction finds out whether there is one, of this kind, for this permit. */
export function link(step: IssueStep, { route, caseId }: RequestBodies['issue.link']): void {
  step.require(...mending);
  const { routes, finding } = step.facts;
  if (route === 'lead' || routes.every((known) => known.route !== route)) {
    step.refuse('rule.refused', {
      what: 'a case is linked for a route of the issue',
      where: 'route',
      expected: routes
        .map((known) => known.route)
        .filter((known) => known !== 'lead')
        .join(' | '),
      found: route,
    });
  }
  const { permitNo, unitId } = finding;
  step.dependOn(
    'linkedCase',
    { caseId, route, permitNo, unitId },
    {
      fits: (branch) => {
        setRoute(branch, route, { caseId, failed: null });
        branch.overtakeTasks(taskOf(route));
        branch.record('issue.linked', { route, case: caseId });
      },
    },
  );
}

/** The application that the unit was asked for has come, or the permit's cancellation has begun. */
export function linkApplication(
  step: IssueStep,
  { applicationId, kind }: CaseMessages['urging.applicationReceived'],
): void {
  const asked = step.facts.routes.find(({ route, caseId }) => route === kind && caseId === null);
  if (asked === undefined) return;
  setRoute(step, asked.route, { caseId: applicationId, failed: null });
  step.record('issue.linked', { route: asked.route, case: applicationId });
}

/** What the issue had started has ended. Denied, spared, withdrawn or moot, it has mended nothing, and the issue waits on. */
export function endLinked(step: IssueStep, { caseId, outcome }: CaseMessages['issue.linkedCaseEnded']): void {
  const linked = step.facts.routes.find((route) => route.caseId === caseId);
  if (linked === undefined) return;
  const { route } = linked;
  if (isFulfilledBy(route, outcome)) {
    step.record('issue.linkedDone', { route, case: caseId, outcome });
    return;
  }
  setRoute(step, route, { caseId: null, failed: { caseId, outcome } });
  step.record('issue.linkedFailed', { route, case: caseId, outcome });
  if (mending.some((stage) => stage === step.stage)) ask(step, route);
}

export function handOverLead(step: IssueStep, { outcome, receipt }: TaskForms['lead']): void {
  step.record('lead.handedOver', { outcome, receipt });
  setRoute(step, 'lead', { receipt });
}

function setRoute(step: IssueStep, route: IssueRoute, known: Partial<Route>): void {
  step.remember({
    routes: step.facts.routes.map((each) => (each.route === route ? { ...each, ...known } : each)),
  });
}

/**
 * Refuses while something that the issue has started is not over, or has ended without what it was started for. What whoever
 * closes says the issue can do without is left out, where it has been tried: its case has failed. Answers with the routes of it
 * that nobody has tried: these only an ended permit can do without, and whether it has ended the transaction finds.
 */
export function requireRoutesOver(
  step: IssueStep,
  without: readonly { readonly route: IssueRoute }[],
): readonly IssueRoute[] {
  const { routes } = step.facts;
  const left = routes.filter(({ route }) => without.every((given) => given.route !== route));
  const stateOf = ({ route }: { readonly route: IssueRoute }) => {
    const known = routes.find((each) => each.route === route);
    if (known === undefined || route === 'lead' || known.caseId !== null) return 'needed';
    return (known.failed ?? null) === null ? 'untried' : 'failed';
  };
  const needed = without.find((given) => stateOf(given) === 'needed');
  if (needed !== undefined) {
    step.refuse('rule.refused', {
      what: 'an issue closes without what it has started only where that has been tried, and has failed',
      where: needed.route,
      expected: 'a case that has ended without effect',
      found: 'none',
    });
  }
  const pending = left.find(({ route, caseId, receipt }) => (route === 'lead' ? receipt : caseId) === null);
  const untried = without.filter((given) => stateOf(given) === 'untried').map(({ route }) => route);
  if (pending === undefined) return untried;
  const expected =
    pending.route === 'lead' ? 'the receipt of the lead' : 'the case that was opened for it, linked';
  const { failed = null } = pending;
  return step.refuse('rule.refused', {
    what: 'an issue closes when what it has started is over',
    where: pending.route,
    expected,
    found: failed === null ? 'none' : `${failed.caseId}: ${failed.outcome}`,
  });
}
