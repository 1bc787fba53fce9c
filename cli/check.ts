import { z } from 'zod';
import { calendarOf } from '../rules/calendar.js';
import { calendarYearsFromPackage } from '../rules/calendarYears.js';
import { checklists } from '../rules/checks/checklists.js';
import { type Checked, checkRules } from '../rules/checks/index.js';
import type { CheckContext, Rule } from '../rules/checks/rule.js';
import { type Finding, mergeFindings, runChecks } from '../rules/checks/run.js';
import { checkSettings } from '../rules/checks/settings.js';
import { permitContent } from '../rules/content/permit.js';
import { monitoringPlan } from '../rules/content/plan.js';
import { executionReport } from '../rules/content/report.js';
import { dateOf, instantOf, parseDate } from '../rules/date.js';
import { DomainError } from '../rules/errors.js';
import { demonstration } from '../rules/packs/demonstration/index.js';
import { jsonAt, parsed } from './checkInput.js';
import { checkRegion } from './checkRegion.js';
import { checkText } from './checkText.js';
import type { Output } from './output.js';

/** What was asked for on the command line, as text. */
export interface CheckOptions {
  readonly on?: string;
  readonly region?: string;
  readonly json?: true;
  readonly schema?: true;
  readonly checklist?: true;
}

/** Exit codes as linters have them: nothing found, something found; 2 is an input that can not be checked. */
const exitCodes = { clean: 0, found: 1, refused: 2 } as const;

const contents = { permit: permitContent, report: executionReport, plan: monitoringPlan } as const;

/** The first year that the package of holidays knows. */
const firstKnownYear = 2004;

/** Checks one document as it stands in JSON. Throws `FaultyInput`. */
export type Check = (value: unknown, where: string) => readonly Finding[];

/**
 * `yizheng check`: the automatic checks on a permit, an execution report or a monitoring plan, without a server. Answers with
 * the exit code. Throws `input.invalid`, with every fault of the document told.
 */
export async function check(
  document: string,
  file: string | undefined,
  options: CheckOptions,
  output: Output,
): Promise<number> {
  const kind = kindOf(document);
  if (options.schema === true) {
    const schema = z.toJSONSchema(contents[kind], { target: 'draft-2020-12', io: 'input' });
    output.out(JSON.stringify(schema, null, 2));
    return exitCodes.clean;
  }
  if (options.checklist === true) {
    const items = checklists[kind];
    output.out(options.json === true ? JSON.stringify(items, null, 2) : checkText.checklist(items));
    return exitCodes.clean;
  }
  const run = checkOf(kind, options.on);
  if (options.region !== undefined) {
    if (file !== undefined) throw usage('FILE and --region exclude each other');
    return checkRegion(options.region, run, options.json === true, output);
  }
  if (file === undefined) throw usage('FILE.json is missing');
  const findings = run(jsonAt(file), file);
  const acts = mergeFindings(findings);
  output.out(
    options.json === true ? JSON.stringify({ findings, acts }, null, 2) : checkText.findings(findings, acts),
  );
  return findings.length === 0 ? exitCodes.clean : exitCodes.found;
}

/** The check of one kind of document, on a day. */
function checkOf(kind: Checked, on: string | undefined): Check {
  const context: CheckContext = {
    on: on === undefined ? dateOf(instantOf(Date.now())) : parseDate(on, '--on'),
    calendar: calendarOf(calendarYearsFromPackage(firstKnownYear, new Date().getFullYear() + 1)),
    pack: demonstration,
    settings: checkSettings,
  };
  const checkBy =
    <Schema extends z.ZodType>(schema: Schema, rules: readonly Rule<z.output<Schema>>[]): Check =>
    (value, where) =>
      runChecks(rules, parsed(schema, value, where), context);
  switch (kind) {
    case 'permit':
      return checkBy(permitContent, checkRules.permit);
    case 'report':
      return checkBy(executionReport, checkRules.report);
    case 'plan':
      return checkBy(monitoringPlan, checkRules.plan);
  }
}

function kindOf(text: string): Checked {
  if (text === 'permit' || text === 'report' || text === 'plan') return text;
  throw usage(`unknown document ${text}`);
}

const usage = (what: string): DomainError =>
  new DomainError('input.invalid', {
    what,
    expected:
      'check permit|report|plan FILE.json [--on DAY] [--json], --region FILE.jsonl|FOLDER, --schema or --checklist',
  });
