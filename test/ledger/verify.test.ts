import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { entryHash } from '../../db/ledgerChain.js';
import { anchorHash } from '../../ledger/anchor.js';
import type { CaseFile, InstallationFile } from '../../ledger/files.js';
import { makeAnchor } from '../../ledger/makeAnchor.js';
import { openSigningKey, type SigningKey } from '../../ledger/signingKey.js';
import type { Office } from '../../rehearsal/office.js';
import { at, openRig, type Rig } from '../rig/rig.js';
import { Exported, exportedAll, exportedCase, filed } from './installation.js';

/** Three cases of the third of March 2026, anchored that evening; one is worked on the day after. */
let rig: Rig;
let exported: Exported;
let key: SigningKey;
let office: Office;
let old: CaseFile;
let whole: CaseFile;
let other: CaseFile;
let all: [InstallationFile, ...CaseFile[]];
beforeAll(async () => {
  rig = await openRig('2026-03-03T09:00:00+08:00');
  exported = await Exported.open();
  key = await openSigningKey(join(exported.folder, 'key.pem'));
  const offices = [await filed(rig, 'steel'), await filed(rig, 'paper'), await filed(rig, 'glass')];
  [office] = offices as [Office, ...Office[]];
  await makeAnchor(rig.db, key);
  old = await exportedCase(rig, office.caseId);
  await rig.world.advanceTo(at('2026-03-04 10:00'));
  await office.opine();
  await makeAnchor(rig.db, key);
  whole = await exportedCase(rig, office.caseId);
  other = await exportedCase(rig, offices[1]?.caseId ?? '');
  all = await exportedAll(rig);
});
afterAll(async () => {
  await exported.close();
  await rig.close();
});

/** The file with its entries changed. */
const withEntries = (
  file: CaseFile,
  change: (entries: CaseFile['entries']) => CaseFile['entries'],
): CaseFile => ({
  ...file,
  entries: change(structuredClone(file.entries)),
});

/** The same entries chained anew from the first on, as whoever knows the rule would forge them. */
function rechained(file: CaseFile, change: (entry: CaseFile['entries'][number]) => void): CaseFile {
  let previous = file.entries[0]?.previousHash ?? '';
  const entries = structuredClone(file.entries).map((entry) => {
    change(entry);
    const { previousHash: _p, hash: _h, ...unchained } = entry;
    const hash = entryHash(previous, unchained);
    const chained = { ...unchained, previousHash: previous, hash };
    previous = hash;
    return chained;
  });
  return { ...file, entries, head: { count: entries.length, hash: previous } };
}

test('A7: a case and a whole installation are found whole, offline, with the key that signed', async () => {
  const one = await exported.verify([whole]);
  expect(one).toMatchObject({ code: 0, err: '' });
  expect(one.out).toContain('ok: ');
  expect(one.out).toContain(`key ${key.id}（文件自带`);
  const pinned = await exported.verify(all, '--key', key.id.toUpperCase());
  expect(pinned).toMatchObject({ code: 0, err: '' });
  expect(pinned.out).toContain('the expected one');
  expect(pinned.out).toContain(`3 cases`);
  expect(await exported.verify([old, whole])).toMatchObject({ code: 0 });
});

test('A7: a planted change is found at its entry, also when everything behind it was chained anew', async () => {
  const changed = withEntries(whole, (entries) => {
    Object.assign(entries[2] ?? {}, { en: 'nothing happened' });
    return entries;
  });
  const found = await exported.verify([changed]);
  expect(found.code).toBe(1);
  expect(found.out).toContain(`${office.caseId}: entry 3 was changed`);
  const forged = rechained(whole, (entry) => {
    if (entry.sequence === 3) entry.en = 'nothing happened';
  });
  const again = await exported.verify([forged]);
  expect(again.code).toBe(1);
  expect(again.out).toContain(
    `entry ${whole.entries.length} is not the one that anchor 2 of 2026-03-04T10:00`,
  );
  expect(again.out).toContain('rewritten or exchanged');
});

test('A7: a cut tail is found, with the head adapted to it too, and with the anchor taken out', async () => {
  const count = whole.entries.length;
  const cut = withEntries(whole, (entries) => entries.slice(0, -1));
  expect((await exported.verify([cut])).out).toContain(`entry ${count} is missing: the tail was cut`);
  const last = cut.entries.at(-1);
  const adapted = { ...cut, head: { count: count - 1, hash: last?.hash ?? '' } };
  const found = await exported.verify([adapted]);
  expect(found.code).toBe(1);
  expect(found.out).toContain(
    `${office.caseId}: anchor 2 of 2026-03-04T10:00:00.000+08:00 holds ${count} entries`,
  );
  expect(found.out).toContain('the tail was cut');
  const bare = await exported.verify([{ ...adapted, anchor: null, inclusion: null }]);
  expect(bare.code).toBe(1);
  expect(bare.out).toContain('there is no anchor; nothing but its own chain speaks for it');
  // Without the proof the entries are claimed to be too new for an anchor: three days later that is no longer believed.
  const later = { ...adapted, inclusion: null, exportedAt: at('2026-03-07 09:00') };
  expect((await exported.verify([later])).out).toContain(
    'entry 1 was over two days old when it was exported',
  );
});

test('A7: an older export that was kept shows what was cut from a newer one', async () => {
  const { anchor, inclusion, head } = old;
  const rolledBack = { ...old, anchor, inclusion, head };
  expect((await exported.verify([rolledBack])).code).toBe(0);
  // Two files of one case are one case.
  expect((await exported.verify([rolledBack, rolledBack])).out).toContain('ok: 1 个案件');
  const found = await exported.verify([all[0], rolledBack, ...all.slice(2)]);
  expect(found.code).toBe(1);
  expect(found.out).toContain(`${office.caseId}: anchor 2`);
});

test('A7: a missing entry, two that changed places and a chain of another case are found', async () => {
  const missing = withEntries(whole, (entries) => entries.toSpliced(1, 1));
  expect((await exported.verify([missing])).out).toContain(
    'entry 2 is not in its place: missing, or out of order',
  );
  const turned = withEntries(whole, ([first, second, ...rest]) =>
    first === undefined || second === undefined ? [] : [second, first, ...rest],
  );
  expect((await exported.verify([turned])).out).toContain('entry 1 is not in its place');
  const renumbered = withEntries(turned, (entries) =>
    entries.map((entry, index) => ({ ...entry, sequence: index + 1 })),
  );
  expect((await exported.verify([renumbered])).out).toContain('entry 1 does not follow the one before');
  const exchanged = { ...whole, entries: other.entries, head: other.head };
  const found = await exported.verify([exchanged]);
  expect(found.code).toBe(1);
  expect(found.out).toContain(
    `${office.caseId}: entry 1 does not follow the one before: exchanged or rewritten`,
  );
  const wholly = { ...exchanged, inclusion: other.inclusion };
  expect((await exported.verify([wholly])).out).toContain('its head is not under anchor 2');
});

test('A7: a missing case is found and named', async () => {
  const [installation, gone, ...rest] = all;
  const found = await exported.verify([installation, ...rest]);
  expect(found.code).toBe(1);
  expect(found.out).toContain(`${gone?.caseId ?? ''}: anchor 2`);
  expect(found.out).toContain('the case is missing');
  const heads = installation.heads.filter(([caseId]) => caseId !== gone?.caseId);
  const hidden = await exported.verify([{ ...installation, heads }, ...rest]);
  expect(hidden.code).toBe(1);
  expect(hidden.out).toContain('the list of heads is not the one that anchor 2 signed');
});

test('A7: a forged anchor, a broken row of anchors and one that counts less are found', async () => {
  const [installation, ...cases] = all;
  const [first, second] = installation.anchors;
  if (first === undefined || second === undefined) throw new Error('two anchors');
  const forged = { ...whole, anchor: { ...second, entries: second.entries - 1 } };
  const found = await exported.verify([forged]);
  expect(found.code).toBe(1);
  expect(found.out).toContain(`anchor 2 is forged: it does not bear the signature of key ${key.id}`);
  const missing = await exported.verify([{ ...installation, anchors: [second] }, ...cases]);
  expect(missing.code).toBe(1);
  expect(missing.out).toContain('anchor 1 is missing');
  // Signed with the very key: what contradicts another signed anchor is found all the same.
  const { signature: _s, keyId: _k, ...facts } = second;
  const astray = key.sign({ ...facts, previous: anchorHash(second), cases: 1 });
  const shrunk = await exported.verify([{ ...installation, anchors: [first, astray] }, ...cases]);
  expect(shrunk.out).toContain('anchor 2 counts fewer cases or entries than the one before');
  expect(shrunk.out).toContain('there are two different anchors 2');
  expect(shrunk.out).toContain('anchor 2 does not follow anchor 1');
});

test('A7: another key is found: one that does not fit its name, and one that was not expected', async () => {
  const stranger = await openSigningKey(join(exported.folder, 'stranger.pem'));
  const { signature: _s, keyId: _k, ...facts } = whole.anchor ?? key.sign({ ...firstFacts });
  const resigned = { ...whole, anchor: stranger.sign(facts), keys: { [stranger.id]: stranger.publicKey } };
  // By itself the file is whole: only the fingerprint tells that another key signed it.
  const alone = await exported.verify([resigned]);
  expect(alone).toMatchObject({ code: 0 });
  expect(alone.out).toContain(`key ${stranger.id}（文件自带`);
  const pinned = await exported.verify([resigned], '--key', key.id);
  expect(pinned.code).toBe(1);
  expect(pinned.out).toContain(`anchor 2 is signed with another key, ${stranger.id}`);
  expect((await exported.verify([resigned], '--key', key.id, '--key', stranger.id)).code).toBe(0);
  const swapped = { ...whole, keys: { [key.id]: stranger.publicKey } };
  expect((await exported.verify([swapped])).out).toContain('anchor 2 is forged');
});

const firstFacts = { number: 1, at: at('2026-03-03 23:30'), cases: 0, entries: 0, root: '', previous: '' };

test('A7: entries since the last anchor are named as such, and the rest is whole', async () => {
  await office.decideVisit('notNeeded', { mayRefuse: true });
  const fresh = await filed(rig, 'since');
  const newer = await exportedCase(rig, fresh.caseId);
  const found = await exported.verify([newer]);
  expect(found).toMatchObject({ code: 0 });
  expect(found.out).toContain(`${newer.entries.length} entries are newer than anchor 2`);
});

test('A7: what is no exported ledger is refused with exit 2, and says which file', async () => {
  const strange: [string, string | object, string][] = [
    ['no JSON', '{', 'not JSON'],
    ['another JSON', { hello: 1 }, 'not an exported ledger'],
    ['a missing part', { ...whole, entries: undefined }, 'entries'],
    ['a part too many', { ...whole, more: 1 }, 'more'],
    ['an entry without a hash', { ...whole, entries: [{ sequence: 1 }] }, 'hash'],
  ];
  for (const [name, content, message] of strange) {
    const { code, err } = await exported.verify([whole, content]);
    expect(code, name).toBe(2);
    expect(err, name).toContain(message);
    expect(err, name).toContain('.json');
  }
  expect((await exported.verify([whole], '--key', 'abc')).code).toBe(2);
  expect((await exported.verify([])).code).toBe(2);
});
