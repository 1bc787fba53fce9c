import { readFile } from 'node:fs/promises';
import { type TriedChange, tryPage, withPack } from '../activities/publication/trial.js';
import { CalendarSource } from '../db/queries/calendarSource.js';
import { DomainError } from '../rules/errors.js';
import { FaultyInput } from '../rules/faultyInput.js';
import { comparePacks, type PackDifference } from '../rules/packComparison.js';
import { type RulePack, signingChainOf } from '../rules/pack.js';
import { packProblems } from '../rules/packSchema.js';
import { packById, packs } from '../rules/packs/index.js';
import { changesText } from './changesText.js';
import type { Output } from './output.js';
import { withDatabase } from './withDatabase.js';

/** A pack by its id, or as a JSON file that is still to be judged. Throws `not.found`, and `input.invalid` with every fault. */
async function packOfArgument(argument: string): Promise<RulePack> {
  if (!argument.endsWith('.json')) return packById(argument);
  const text = await readFile(argument, 'utf8').catch(() => {
    throw new DomainError('input.invalid', {
      what: '文件无法打开 · the file can not be opened',
      found: argument,
    });
  });
  const value = parsed(text, argument);
  const [first, ...rest] = packProblems(value);
  if (first !== undefined) throw new FaultyInput([first, ...rest]);
  return value as RulePack;
}

function parsed(text: string, where: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new DomainError('input.invalid', { what: '不是 JSON · not JSON', where, expected: 'JSON' });
  }
}

/** `yizheng pack validate`: a pack, or every pack of this release. Throws `input.invalid` with every fault. */
export async function validatePacks(argument: string | undefined, output: Output): Promise<void> {
  const judged = argument === undefined ? packs : [await packOfArgument(argument)];
  for (const pack of judged) {
    const [first, ...rest] = packProblems(pack);
    if (first !== undefined) throw new FaultyInput([first, ...rest]);
    const { id, zh, en, effectiveFrom, effectiveTo } = pack;
    output.out(`有效 sound  ${id}  ${zh} · ${en}  ${effectiveFrom} – ${effectiveTo ?? ''}`);
  }
}

/** `yizheng pack compare`: what was added, altered and removed, with marks and citations. Throws as `packOfArgument`. */
export async function comparePackFiles(
  old: string,
  young: string,
  { json }: { readonly json?: true },
  output: Output,
): Promise<void> {
  const differences = comparePacks(await packOfArgument(old), await packOfArgument(young));
  output.out(json === true ? JSON.stringify(differences, null, 2) : differencesText(differences));
}

function differencesText(differences: readonly PackDifference[]): string {
  if (differences.length === 0) return '没有差别 · no difference';
  return differences.flatMap(({ zh, en }) => [zh, `  ${en}`]).join('\n');
}

/** What moving the running cases of a region to a pack would change. */
interface Trial {
  readonly pack: string;
  /** Open cases of the region that follow another pack. */
  readonly cases: number;
  readonly changes: readonly TriedChange[];
  /** Cases whose signing chain would be another. */
  readonly chains: readonly string[];
  /** Kinds of document that would be drawn up otherwise, with how many running cases follow the other pack. */
  readonly documents: readonly { readonly kind: string; readonly cases: number }[];
}

/** `yizheng pack try`: tries a pack on the running cases of its region. Reads, and touches nothing. */
export async function tryPack(
  argument: string,
  { json }: { readonly json?: true },
  output: Output,
): Promise<void> {
  const trial = await trialOf(await packOfArgument(argument));
  output.out(json === true ? JSON.stringify(trial, null, 2) : trialText(trial));
}

async function trialOf(pack: RulePack): Promise<Trial> {
  return await withDatabase(async (db) => {
    const rulesFor = withPack(pack, await new CalendarSource().current(db));
    const changes: TriedChange[] = [];
    const chains: string[] = [];
    const documents = new Map<string, number>();
    let cases = 0;
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await tryPage(db, cursor, rulesFor);
      ({ cursor } = page);
      changes.push(...page.changes);
      for (const open of page.cases) {
        if (rulesFor(open) === null) continue;
        const from = packById(open.row.packId);
        cases += 1;
        if (differs(signingChainOf, from, pack, open.row.organs.deciding)) chains.push(open.row.id);
        for (const kind of changedDocuments(from, pack)) documents.set(kind, (documents.get(kind) ?? 0) + 1);
      }
    }
    const kinds = [...documents].map(([kind, count]) => ({ kind, cases: count }));
    return { pack: pack.id, cases, changes, chains, documents: kinds };
  });
}

const differs = (
  of: (pack: RulePack, organ: string) => unknown,
  from: RulePack,
  to: RulePack,
  organ: string,
): boolean => JSON.stringify(of(from, organ)) !== JSON.stringify(of(to, organ));

const changedDocuments = (from: RulePack, to: RulePack): readonly string[] =>
  [...new Set([...Object.keys(from.documents), ...Object.keys(to.documents)])].filter(
    (kind) => JSON.stringify(from.documents[kind]) !== JSON.stringify(to.documents[kind]),
  );

function trialText({ pack, cases, changes, chains, documents }: Trial): string {
  return [
    `${pack}：在办案件 ${cases} 件 · ${cases} running cases`,
    changesText(changes),
    `签批链变化 ${chains.length} 件 · another signing chain in ${chains.length} cases`,
    ...documents.map(({ kind, cases: count }) => `文书变化 · another document  ${kind}  ${count}`),
  ].join('\n');
}
