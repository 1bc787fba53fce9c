import { createHash } from 'node:crypto';

/** The end of a case's chain: how many entries it has, and the hash of the last. */
export interface Head {
  readonly caseId: string;
  readonly count: number;
  readonly hash: string;
}

/** One step from a head to the root: the neighbour's hash, and on which side of ours it stands. */
export interface ProofStep {
  readonly side: 'left' | 'right';
  readonly hash: string;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const leaf = ({ caseId, count, hash }: Head): string => sha256(`head\n${caseId}\n${count}\n${hash}`);
const node = (left: string, right: string): string => sha256(`node\n${left}\n${right}`);

/**
 * A Merkle tree over the heads of all cases, sorted by case id. Its root stands for all of them at once, and a head is shown
 * to be under it with a dozen hashes that say nothing of any other case. A node without a neighbour moves up as it is.
 */
export class HeadTree {
  private readonly levels: (readonly string[])[];
  private readonly places: ReadonlyMap<string, number>;
  /** The heads in the order of the tree. */
  readonly heads: readonly Head[];

  constructor(heads: readonly Head[]) {
    this.heads = [...heads].sort((a, b) => (a.caseId < b.caseId ? -1 : 1));
    this.places = new Map(this.heads.map((head, place) => [head.caseId, place]));
    this.levels = [this.heads.map(leaf)];
    for (let level = this.levels[0] ?? []; level.length > 1; this.levels.push(level)) level = above(level);
  }

  /** The root; of no heads at all, the hash of nothing. */
  get root(): string {
    return this.levels.at(-1)?.[0] ?? sha256('');
  }

  /** The head of a case; undefined when the tree has none. */
  headOf(caseId: string): Head | undefined {
    return this.heads[this.places.get(caseId) ?? -1];
  }

  /** The steps from a case's head to the root; none for a case that is not there. */
  proofOf(caseId: string): readonly ProofStep[] {
    let place = this.places.get(caseId) ?? -1;
    const steps: ProofStep[] = [];
    for (const level of this.levels) {
      const side = place % 2 === 1 ? 'left' : 'right';
      const hash = level[side === 'left' ? place - 1 : place + 1];
      if (hash !== undefined && place >= 0) steps.push({ side, hash });
      place = place < 0 ? place : Math.floor(place / 2);
    }
    return steps;
  }
}

/** The root that a head's proof leads to. */
export const rootFrom = (head: Head, proof: readonly ProofStep[]): string =>
  proof.reduce(
    (hash, step) => (step.side === 'left' ? node(step.hash, hash) : node(hash, step.hash)),
    leaf(head),
  );

function above(level: readonly string[]): readonly string[] {
  const parents: string[] = [];
  for (let place = 0; place < level.length; place += 2) {
    const [left = '', right] = level.slice(place, place + 2);
    parents.push(right === undefined ? left : node(left, right));
  }
  return parents;
}
