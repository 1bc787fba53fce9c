import { type Naming, textOf } from '../../rules/events.js';
import { rowOfCode } from '../../rules/changes/table.js';
import type { RulePack } from '../../rules/pack.js';
import { entryHash, type UnchainedEntry } from '../../db/ledgerChain.js';
import type { ledger } from '../../db/schema/index.js';
import { type CommitInput, causeKey, type LedgerLine } from '../../workflows/messages/step.js';

/** The end of a case's chain. */
export interface ChainHead {
  readonly count: number;
  readonly hash: string;
}

/** A step's ledger lines, chained behind the case's last one, each with its texts as of today; and the new head. */
export function chainedEntries(
  input: Pick<CommitInput, 'caseId' | 'cause' | 'at' | 'recordedAt' | 'actor'>,
  revision: number,
  lines: readonly LedgerLine[],
  head: ChainHead,
  pack: RulePack,
): { readonly entries: readonly (typeof ledger.$inferInsert)[]; readonly head: ChainHead } {
  const { id, kind, onBehalfOf } = input.actor;
  let { count, hash } = head;
  const entries = lines.map((line) => {
    const { article, zh, en } = textOf(line.event, line.params, (code) => nameIn(pack, code));
    count += 1;
    const entry: UnchainedEntry = {
      caseId: input.caseId,
      sequence: count,
      revision,
      at: input.at,
      recordedAt: input.recordedAt,
      event: line.event,
      cause: causeKey(input.cause),
      actor: onBehalfOf === undefined ? { id, kind } : { id, kind, onBehalfOf },
      article: line.article === undefined ? article : line.article,
      params: line.params,
      zh,
      en,
    };
    const row = { ...entry, previousHash: hash, hash: entryHash(hash, entry) };
    ({ hash } = row);
    return row;
  });
  return { entries, head: { count, hash } };
}

/** What a pack calls its documents, files, conditions and signing steps, and the table of changes its rows. */
export function nameIn(pack: RulePack, code: string): ReturnType<Naming> {
  const { documents } = pack;
  const document = Object.hasOwn(documents, code) ? documents[code] : undefined;
  return namesOf(pack).get(code) ?? rowOfCode(code) ?? document;
}

type Names = ReadonlyMap<string, ReturnType<Naming>>;

/** The files, conditions and signing steps of each pack by their codes: gathered once, for every line asks for several. */
const gathered = new WeakMap<RulePack, Names>();

function namesOf(pack: RulePack): Names {
  const known = gathered.get(pack);
  if (known !== undefined) return known;
  const inOrder = [
    ...[pack.requiredFiles, pack.gates].flat().map((each) => [each.id, each] as const),
    ...Object.values(pack.signingChains)
      .flat()
      .map((each) => [`sign.${each.step}`, each] as const),
  ];
  // The first of one code counts; a map keeps the last.
  const names = new Map<string, ReturnType<Naming>>(inOrder.reverse());
  gathered.set(pack, names);
  return names;
}
