import { type ApplicationFacts, holds } from './facts.js';
import type { RequiredFile, RulePack } from './pack.js';

/** What a complete file of this application holds (REG 7, 8). */
export function requiredFiles(pack: RulePack, facts: ApplicationFacts): readonly RequiredFile[] {
  return pack.requiredFiles.filter((file) => holds(file.applies, facts));
}

/** The items that are not among those handed in: the defects that one notice must name. */
export function missingFiles(
  pack: RulePack,
  facts: ApplicationFacts,
  handedIn: readonly string[],
): readonly RequiredFile[] {
  return requiredFiles(pack, facts).filter((file) => !handedIn.includes(file.id));
}
