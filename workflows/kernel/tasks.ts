import { familyOf } from '../messages/family.js';
import type { RequestBodies, TaskForms } from '../messages/catalogue.js';
import type { JsonObject } from '../messages/json.js';
import type { TaskOpened } from '../messages/step.js';
import { completeLever } from './levers.js';
import type { AnyProcedure } from './procedure.js';
import { completeSignature } from './sign.js';
import type { Step } from './step.js';

/** The open task of this id. A task that is done or overtaken refuses whoever still wants it. */
export function openTask(step: Step, taskId: string): TaskOpened {
  const task = step.state.tasks[taskId];
  return (
    task ?? step.refuse('task.closed', { what: 'no open task of this id', where: step.caseId, found: taskId })
  );
}

/** The task, if the actor holds its role at its organ (himself or as cover) and nobody else has claimed it. */
export function actorsTask(step: Step, taskId: string): TaskOpened {
  const task = openTask(step, taskId);
  const role = `${task.role}@${task.organ}`;
  if (!step.actor.roles.includes(role)) {
    step.refuse('task.notYours', {
      what: 'the task is for another role or organ',
      where: taskId,
      expected: role,
    });
  }
  const { assignee } = task;
  if (assignee !== undefined && assignee !== step.actor.id && assignee !== step.actor.onBehalfOf) {
    step.refuse('task.claimed', { what: 'somebody else has claimed the task', where: taskId });
  }
  return task;
}

/** Claiming, handing over and completing: steps like any other, so that the ledger knows who had a task and when. */
export const taskRequests = (procedure: AnyProcedure) => ({
  'task.claim': (step: Step, { taskId }: RequestBodies['task.claim']): void => {
    const task = actorsTask(step, taskId);
    give(step, procedure, task, step.actor.id, (taking) => taking.record('task.claimed', { task: taskId }));
  },
  'task.release': (step: Step, { taskId }: RequestBodies['task.release']): void => {
    actorsTask(step, taskId);
    step.changeTask({ type: 'assigned', id: taskId, assignee: null });
    step.record('task.released', { task: taskId });
  },
  /** The section head of the task's organ gives it to somebody of the same role. */
  'task.reassign': (step: Step, { taskId, assignee, reason }: RequestBodies['task.reassign']): void => {
    const task = openTask(step, taskId);
    const head = `sectionHead@${task.organ}`;
    if (!step.actor.roles.includes(head)) {
      step.refuse('task.notYours', {
        what: 'only the section head reassigns',
        where: taskId,
        expected: head,
      });
    }
    give(step, procedure, task, assignee, (giving) =>
      giving.record('task.reassigned', { task: taskId, to: assignee, reason }),
    );
  },
  'task.delegate': (step: Step, { taskId, assignee, reason }: RequestBodies['task.delegate']): void => {
    const task = actorsTask(step, taskId);
    give(step, procedure, task, assignee, (giving) =>
      giving.record('task.delegated', { task: taskId, to: assignee, reason }),
    );
  },
});

/** Gives a task to somebody, if its procedure has nothing against him. */
function give(
  step: Step,
  { claims = {} }: AnyProcedure,
  { id, kind }: TaskOpened,
  assignee: string,
  record: (step: Step) => void,
): void {
  const assign = (branch: Step): void => {
    branch.changeTask({ type: 'assigned', id, assignee });
    record(branch);
  };
  const claim = claims[familyOf(kind) as keyof TaskForms];
  if (claim === undefined) assign(step);
  else claim(step, assign, assignee);
}

/** Completes a task and lets its procedure say what follows. */
export function completeTask(
  step: Step,
  procedure: AnyProcedure,
  { taskId, form }: RequestBodies['task.complete'],
): void {
  const task = actorsTask(step, taskId);
  const completed = form as JsonObject & { readonly outcome: string };
  step.changeTask({ type: 'completed', id: taskId, outcome: completed.outcome, form: completed });
  step.stopTaskClock(task);
  const family = familyOf(task.kind);
  if (family === 'sign') {
    completeSignature(step, procedure, task, completed as TaskForms['sign']);
    return;
  }
  if (family === 'lever') {
    completeLever(step, procedure, completed as TaskForms['lever']);
    return;
  }
  const handler = procedure.tasks[family as keyof TaskForms] as TaskHandler | undefined;
  if (handler === undefined) {
    step.refuse('internal', { what: 'the procedure has no such task', where: step.caseId, found: task.kind });
  }
  handler(step, completed, task);
}

/** Sends a draft back to an earlier step of its signing chain. No other task has anybody to go back to. */
export function returnTask(
  step: Step,
  procedure: AnyProcedure,
  { taskId, to, reason }: RequestBodies['task.return'],
): void {
  if (familyOf(openTask(step, taskId).kind) !== 'sign') {
    step.refuse('rule.refused', { what: 'only a draft on its signing chain goes back', where: taskId });
  }
  completeTask(step, procedure, { taskId, form: { outcome: 'return', to, reason } });
}

/** The forms were parsed against their family's schema at the border, so the family tells the form's type. */
type TaskHandler = (step: Step, form: JsonObject, task: TaskOpened) => void;
