import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a file that its owner alone can read, whole or not at all. Of several processes that make it at once one wins, and
 * one that was there stays: read it afterwards to learn what it holds.
 */
export async function makeSecretFile(path: string, text: string): Promise<void> {
  if (existsSync(path)) return;
  await throughDraft(path, text, async (draft) => {
    try {
      await link(draft, path);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  });
}

/** Replaces such a file: whoever reads it meanwhile finds the old text or the new one, never a part. */
export async function replaceSecretFile(path: string, text: string): Promise<void> {
  await throughDraft(path, text, (draft) => rename(draft, path));
}

async function throughDraft(
  path: string,
  text: string,
  finish: (draft: string) => Promise<void>,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, text, { mode: 0o600, flush: true });
    await finish(draft);
  } finally {
    await rm(draft, { force: true });
  }
}
