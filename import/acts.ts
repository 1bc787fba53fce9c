import type { PermitClass } from '../rules/facts.js';
import { endedBy, type ImportedEnding } from '../workflows/messages/importedLives.js';
import { plain } from './cells.js';
import type { Cell } from './readers/table.js';

/** What the acts on the list are called, the more particular names first: 申请变更 is a change, 重新申请 no first application. */
const acts = [
  ['注销', 'cancellation'],
  ['撤销', 'annulment'],
  ['撤回', 'withdrawal'],
  ['吊销', 'revocation'],
  ['重新', 'reapplication'],
  ['延续', 'renewal'],
  ['主动变更', 'authorityChange'],
  ['依职权变更', 'authorityChange'],
  ['变更', 'change'],
  ['调整', 'change'],
  ['补办', 'replacement'],
  ['补领', 'replacement'],
  ['补发', 'replacement'],
  ['换发', 'replacement'],
  ['首次', 'first'],
  ['新申请', 'first'],
  ['核发', 'first'],
  ['申请', 'first'],
] as const;

/** An act on the list; `otherAct` is one that we have no name for. */
export type Act = (typeof acts)[number][1] | 'otherAct';

/** The act that a business type names. */
export function readAct(cell: Cell): Act {
  const text = plain(cell);
  return acts.find(([name]) => text.includes(name))?.[1] ?? 'otherAct';
}

/** How an act ends the permit; null for one that does not. */
export const endingOf = (act: string): ImportedEnding | null =>
  Object.hasOwn(endedBy, act) ? (act as ImportedEnding) : null;

/** The class of management; undefined where it is neither that has a permit. */
export function readClass(cell: Cell): PermitClass | undefined {
  const text = plain(cell);
  if (/^重点(管理)?(类)?$/.test(text)) return 'key';
  return /^简化(管理)?(类)?$/.test(text) ? 'simplified' : undefined;
}
