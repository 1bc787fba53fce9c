import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Head, HeadTree, rootFrom } from '../../ledger/headTree.js';

const heads = (count: number): Head[] =>
  Array.from({ length: count }, (_, n) => ({ caseId: `case/${n}`, count: n + 1, hash: `hash-${n}` }));
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

test('A7: a tree of three is what its description says, computed by hand', () => {
  const [a, b, c] = [0, 1, 2].map((n) => sha256(`head\ncase/${n}\n${n + 1}\nhash-${n}`));
  const pair = sha256(`node\n${a ?? ''}\n${b ?? ''}`);
  expect(new HeadTree(heads(3)).root).toBe(sha256(`node\n${pair}\n${c ?? ''}`));
  expect(new HeadTree([]).root).toBe(sha256(''));
});

test('A7: every head of a tree of any size leads to its root, in whatever order it was given', () => {
  for (let size = 1; size <= 33; size += 1) {
    const given = heads(size);
    const tree = new HeadTree([...given].reverse());
    for (const head of given) expect(rootFrom(head, tree.proofOf(head.caseId)), `${size}`).toBe(tree.root);
  }
});

test('A7: another count, another hash, another case or a missing one is another root', () => {
  const given = heads(9);
  const { root } = new HeadTree(given);
  const tree = new HeadTree(given);
  for (const [place, head] of given.entries()) {
    const others = [
      { ...head, count: 99 },
      { ...head, hash: 'x' },
      { ...head, caseId: 'case/x' },
    ];
    for (const other of others) {
      expect(new HeadTree(given.with(place, other)).root).not.toBe(root);
      expect(rootFrom(other, tree.proofOf(head.caseId))).not.toBe(root);
    }
    expect(new HeadTree(given.toSpliced(place, 1)).root).not.toBe(root);
  }
  expect(tree.proofOf('case/x')).toEqual([]);
  expect(tree.headOf('case/x')).toBeUndefined();
});
