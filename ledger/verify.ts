import { type ChainBreak, findBreak } from '../db/ledgerChain.js';
import { millisOf } from '../rules/date.js';
import { type Anchor, anchorHash, fingerprintOf, isSignedBy, NO_ANCHOR } from './anchor.js';
import type { CaseFile, InstallationFile } from './files.js';
import { HeadTree, rootFrom } from './headTree.js';

/** Something that was found: a fault, or what a reader must know beside. */
export interface Finding {
  readonly file: string;
  readonly zh: string;
  readonly en: string;
}

/** A file with its name. */
export interface Named<File> {
  readonly name: string;
  readonly file: File;
}

/** What an anchor says of a case. */
interface Claim {
  readonly count: number;
  readonly hash: string;
  readonly anchor: Anchor;
}

/** Anchors are made daily: an entry that is older than this when it is exported must be under one, in milliseconds. */
const twoDays = 48 * 3_600_000;

/**
 * Checks exported files against each other and against their anchors, with nothing but the files. Two passes: `learn` takes
 * what anchors say, from every file; then `check` holds each file against all of it. So an older export, kept elsewhere,
 * shows what was cut from a newer one. `pinned` are the fingerprints that anchors may be signed with; none: any.
 */
export class Verifier {
  readonly faults: Finding[] = [];
  readonly notes: Finding[] = [];
  readonly keys = new Set<string>();
  readonly checked = { cases: 0, entries: 0, anchors: 0 };
  private readonly anchors = new Map<number, Anchor>();
  private readonly claims = new Map<string, Claim[]>();
  /** The claims that some file of their case bears out. */
  private readonly borneOut = new Set<Claim>();
  private readonly seen = new Set<string>();

  constructor(private readonly pinned: readonly string[] = []) {}

  /** First pass: the anchors of a file, and what they say of cases. */
  learn({ name, file }: Named<CaseFile | InstallationFile>): void {
    if (file.format === 'yizheng ledger case 1') {
      const { caseId, anchor, inclusion } = file;
      if (anchor === null || !this.acceptAnchor(name, anchor, file.keys) || inclusion === null) return;
      const { proof, ...head } = inclusion;
      if (rootFrom({ caseId, ...head }, proof) === anchor.root) this.claim(caseId, { ...head, anchor });
      else
        this.fault(
          name,
          `${caseId}：链尾不在锚 ${anchor.number} 之下`,
          `${caseId}: its head is not under anchor ${anchor.number}`,
        );
      return;
    }
    const accepted = file.anchors.filter((anchor) => this.acceptAnchor(name, anchor, file.keys));
    this.learnHeads(name, file, accepted.at(-1));
  }

  private learnHeads(name: string, file: InstallationFile, last: Anchor | undefined): void {
    for (const [index, { number, cases, entries }] of file.anchors.entries()) {
      const before = file.anchors[index - 1];
      if (number !== index + 1) this.fault(name, `缺少锚 ${index + 1}`, `anchor ${index + 1} is missing`);
      if (before !== undefined && (cases < before.cases || entries < before.entries))
        this.fault(
          name,
          `锚 ${number} 记载的案件或条目少于前一锚`,
          `anchor ${number} counts fewer cases or entries than the one before`,
        );
    }
    if (last === undefined || last.number !== file.anchors.length) return;
    const heads = file.heads.map(([caseId, count, hash]) => ({ caseId, count, hash }));
    const entries = heads.reduce((sum, head) => sum + head.count, 0);
    if (new HeadTree(heads).root !== last.root || heads.length !== last.cases || entries !== last.entries) {
      this.fault(
        name,
        `链尾清单与锚 ${last.number} 不符`,
        `the list of heads is not the one that anchor ${last.number} signed`,
      );
      return;
    }
    for (const { caseId, ...head } of heads) this.claim(caseId, { ...head, anchor: last });
  }

  /** Second pass: a case's entries, held against their own chain and against everything that anchors say of the case. */
  check({ name, file }: Named<CaseFile | InstallationFile>): void {
    if (file.format !== 'yizheng ledger case 1') return;
    const { caseId, entries, head } = file;
    this.seen.add(caseId);
    this.checked.cases = this.seen.size;
    this.checked.entries += entries.length;
    const broken = findBreak(caseId, entries, head);
    if (broken !== null) {
      const { zh, en } = brokenWords(broken, head.count);
      this.fault(name, `${caseId}：第 ${broken.at} 条${zh}`, `${caseId}: entry ${broken.at} ${en}`);
    }
    const claims = this.claims.get(caseId) ?? [];
    for (const claim of claims.filter(({ count }) => count <= entries.length)) {
      const { count, hash, anchor } = claim;
      this.borneOut.add(claim);
      if (count > 0 && entries[count - 1]?.hash !== hash)
        this.fault(
          name,
          `${caseId}：第 ${count} 条不是锚 ${anchor.number}（${anchor.at}）所记的那一条：链被改写或调换`,
          `${caseId}: entry ${count} is not the one that anchor ${anchor.number} of ${anchor.at} holds: the chain was rewritten or exchanged`,
        );
    }
    this.checkRest(name, file, Math.max(0, ...claims.map((claim) => claim.count)));
  }

  /** Entries that no anchor holds must be new. */
  private checkRest(name: string, { caseId, entries, exportedAt, anchor }: CaseFile, anchored: number): void {
    const rest = entries.slice(anchored);
    const old = rest.find((entry) => millisOf(entry.recordedAt) < millisOf(exportedAt) - twoDays);
    if (anchor === null)
      this.fault(
        name,
        `${caseId}：没有锚，只有自身的链作证`,
        `${caseId}: there is no anchor; nothing but its own chain speaks for it`,
      );
    else if (old !== undefined)
      this.fault(
        name,
        `${caseId}：第 ${old.sequence} 条在导出时已逾两日，却没有锚`,
        `${caseId}: entry ${old.sequence} was over two days old when it was exported, and no anchor holds it`,
      );
    else if (rest.length > 0)
      this.note(
        name,
        `${caseId}：最后 ${rest.length} 条晚于锚 ${anchor.number}（${anchor.at}），尚无锚`,
        `${caseId}: the last ${rest.length} entries are newer than anchor ${anchor.number} of ${anchor.at}; no anchor holds them yet`,
      );
  }

  /** After both passes: whether the anchors follow each other, and which entries and cases nobody has shown. */
  finish(): void {
    for (const [number, { previous }] of this.anchors) {
      const before = this.anchors.get(number - 1);
      const expected = number === 1 ? NO_ANCHOR : before === undefined ? previous : anchorHash(before);
      if (previous !== expected)
        this.fault(
          '',
          `锚 ${number} 不接续锚 ${number - 1}`,
          `anchor ${number} does not follow anchor ${number - 1}`,
        );
    }
    for (const [caseId, claims] of this.claims) {
      const missing = claims.filter((claim) => !this.borneOut.has(claim));
      const most = missing.reduce<Claim | undefined>(
        (longest, claim) => (longest === undefined || claim.count > longest.count ? claim : longest),
        undefined,
      );
      if (most === undefined) continue;
      const { number, at } = most.anchor;
      const { zh, en } = this.seen.has(caseId)
        ? { zh: '末尾被截', en: 'the tail was cut' }
        : { zh: '缺少该案件', en: 'the case is missing' };
      this.fault(
        '',
        `${caseId}：锚 ${number}（${at}）记有 ${most.count} 条，文件中没有：${zh}`,
        `${caseId}: anchor ${number} of ${at} holds ${most.count} entries, which no file shows: ${en}`,
      );
    }
  }

  /** Whether an anchor is signed, by a key that may sign; and no other stands under its number. */
  private acceptAnchor(file: string, anchor: Anchor, keys: Readonly<Record<string, string>>): boolean {
    const { number, keyId } = anchor;
    const publicKey = keys[keyId] ?? '';
    if (fingerprintOf(publicKey) !== keyId || !isSignedBy(anchor, publicKey)) {
      this.fault(
        file,
        `锚 ${number} 是伪造的：签名与密钥 ${keyId} 不符`,
        `anchor ${number} is forged: it does not bear the signature of key ${keyId}`,
      );
      return false;
    }
    if (this.pinned.length > 0 && !this.pinned.includes(keyId)) {
      this.fault(
        file,
        `锚 ${number} 由另一密钥 ${keyId} 签名`,
        `anchor ${number} is signed with another key, ${keyId}`,
      );
      return false;
    }
    this.keys.add(keyId);
    const known = this.anchors.get(number);
    if (known !== undefined && anchorHash(known) !== anchorHash(anchor)) {
      this.fault(file, `有两个不同的锚 ${number}`, `there are two different anchors ${number}`);
      return false;
    }
    if (known === undefined) this.checked.anchors += 1;
    this.anchors.set(number, anchor);
    return true;
  }

  private claim(caseId: string, claim: Claim): void {
    const known = this.claims.get(caseId) ?? [];
    if (!known.some(({ anchor, count }) => anchor.number === claim.anchor.number && count === claim.count))
      this.claims.set(caseId, [...known, claim]);
  }

  private fault(file: string, zh: string, en: string): void {
    this.faults.push({ file, zh, en });
  }

  private note(file: string, zh: string, en: string): void {
    this.notes.push({ file, zh, en });
  }
}

/** How a chain breaks, in words. `count` is how many entries its head counts. */
function brokenWords({ at, how }: ChainBreak, count: number): { readonly zh: string; readonly en: string } {
  switch (how) {
    case 'order':
      return { zh: '不在其位：缺失或次序颠倒', en: 'is not in its place: missing, or out of order' };
    case 'link':
      return {
        zh: '不接续前一条：被调换或改写',
        en: 'does not follow the one before: exchanged or rewritten',
      };
    case 'content':
      return { zh: '内容被改', en: 'was changed' };
    case 'head':
      return at <= count
        ? { zh: '缺失：末尾被截', en: 'is missing: the tail was cut' }
        : { zh: '之前的链与链尾不符', en: 'would follow a chain that does not end at its head' };
  }
}
