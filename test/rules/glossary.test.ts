import { describe, expect, it } from 'vitest';
import { areasOfTerms, glossary } from '../../rules/glossary.js';

describe('the glossary', () => {
  it('has each word in one area alone, so that none hides another', () => {
    const codes = Object.values(areasOfTerms).flatMap((words) => Object.keys(words));
    expect(codes.filter((code, at) => codes.indexOf(code) !== at)).toEqual([]);
    expect(Object.keys(glossary).sort()).toEqual([...codes].sort());
  });
});
