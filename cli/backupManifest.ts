import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { DomainError } from '../rules/errors.js';

const manifestName = 'manifest.json';

const manifestSchema = z.object({
  format: z.literal('yizheng backup 1'),
  /** Of the product that made it. */
  version: z.string(),
  /** The wall clock, UTC. */
  madeAt: z.string(),
  /** `cluster`: the embedded PostgreSQL with all its databases at one instant. `dumps`: a file for each database. */
  method: z.enum(['cluster', 'dumps']),
  /** What the ledger was signed with before the copy; null where it could not be signed, and why. */
  anchor: z.object({ number: z.int(), root: z.string(), key: z.string() }).nullable(),
  anchorProblem: z.string().nullable(),
  /** SHA-256 of every file, by its path in the backup. */
  files: z.record(z.string(), z.string()),
});

/** What a backup holds. It is written last: a folder without it is no backup. */
export type Manifest = z.infer<typeof manifestSchema>;

/** Hashes everything in the folder and writes the manifest. */
export async function writeManifest(
  folder: string,
  facts: Omit<Manifest, 'format' | 'files'>,
): Promise<Manifest> {
  const manifest = { format: 'yizheng backup 1' as const, ...facts, files: await hashesOf(folder) };
  await writeFile(join(folder, manifestName), `${JSON.stringify(manifest, null, 1)}\n`, {
    mode: 0o600,
    flush: true,
  });
  return manifest;
}

/** Reads the manifest and compares every file with it. Throws `input.invalid` naming what is missing, changed or one too many. */
export async function checkedManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, manifestName), 'utf8').catch(() => undefined);
  if (text === undefined) throw refused('there is no whole backup here: its manifest is missing', folder);
  const parsed = manifestSchema.safeParse(JSON.parse(text));
  if (!parsed.success) throw refused('this manifest is not one of ours', join(folder, manifestName));
  const found = await hashesOf(folder);
  const { files } = parsed.data;
  const wrong = [...new Set([...Object.keys(files), ...Object.keys(found)])].filter(
    (path) => files[path] !== found[path],
  );
  if (wrong.length > 0)
    throw refused('files of the backup are missing, changed or added', wrong.slice(0, 20).join(', '));
  return parsed.data;
}

const refused = (what: string, where: string): DomainError =>
  new DomainError('input.invalid', { what, where });

async function hashesOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const hashes: Record<string, string> = {};
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path);
    if (!entry.isFile() || name === manifestName) continue;
    const hash = createHash('sha256');
    await pipeline(createReadStream(path), hash);
    hashes[name] = hash.digest('hex');
  }
  return hashes;
}
