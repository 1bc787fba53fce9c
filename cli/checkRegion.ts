import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DomainError } from '../rules/errors.js';
import { FaultyInput } from '../rules/faultyInput.js';
import { mergeFindings } from '../rules/checks/run.js';
import type { Check } from './check.js';
import { jsonOf } from './checkInput.js';
import type { Output } from './output.js';

/** A document of a region: its text and where it stands. */
interface Document {
  readonly where: string;
  readonly text: string;
}

/** Progress is told so often. */
const every = 1000;

/**
 * Checks every document of a JSON Lines file, or every `.json` file of a folder, in order. Prints one line a document with
 * findings (JSON Lines with `--json`), progress and refused documents on stderr. Answers 2 when a document was refused (the
 * others are checked all the same), else 1 when something was found, else 0.
 */
export async function checkRegion(path: string, run: Check, json: boolean, output: Output): Promise<number> {
  const counts = { documents: 0, withFindings: 0, findings: 0, refused: 0 };
  const byRule = new Map<string, number>();
  for await (const { where, text } of documentsAt(path)) {
    counts.documents += 1;
    try {
      const findings = run(jsonOf(text, where), where);
      for (const { rule } of findings) byRule.set(rule, (byRule.get(rule) ?? 0) + 1);
      if (findings.length > 0) {
        counts.withFindings += 1;
        counts.findings += findings.length;
        const acts = mergeFindings(findings);
        output.out(
          json
            ? JSON.stringify({ where, findings, acts })
            : `${where}: ${findings.map(({ rule, at }) => `${rule} ${at}`).join('; ')}`,
        );
      }
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      counts.refused += 1;
      const messages = error instanceof FaultyInput ? error.messages : [error.message];
      for (const message of messages) output.err(`错误 error: ${message}`);
    }
    if (counts.documents % every === 0) output.err(`已查 checked ${counts.documents}`);
  }
  const rules = [...byRule].sort(([one], [other]) => (one < other ? -1 : 1));
  output.err(
    `共 documents ${counts.documents}，有问题 with findings ${counts.withFindings}，问题 findings ${counts.findings}，无法核查 refused ${counts.refused}`,
  );
  if (rules.length > 0) output.err(rules.map(([rule, times]) => `${rule} ${times}`).join('  '));
  if (counts.refused > 0) return 2;
  return counts.findings > 0 ? 1 : 0;
}

async function* documentsAt(path: string): AsyncGenerator<Document> {
  if (isFolder(path)) {
    const names = readdirSync(path).filter((name) => name.endsWith('.json'));
    for (const name of names.sort())
      yield { where: join(path, name), text: readFileSync(join(path, name), 'utf8') };
    return;
  }
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    line += 1;
    if (text.trim() !== '') yield { where: `${path}:${line}`, text };
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    throw new DomainError('input.invalid', {
      what: 'the region can not be read',
      where: path,
      expected: 'a JSON Lines file, or a folder of JSON files',
    });
  }
}
