import { describe, expect, test } from 'vitest';
import { type RenewalAtExpiry, renewalAtExpiry } from '../../rules/deemedRenewal.js';
import { termOf } from '../../rules/glossary.js';

describe('L7: what becomes of a permit at 24:00 of its last day', () => {
  test.each<[string, RenewalAtExpiry | null, string, string]>([
    ['in time, accepted, undecided', { stage: 'accepted', inTime: true }, 'deemedRenewed', 'none'],
    ['late, accepted, undecided', { stage: 'accepted', inTime: false }, 'lapsedHeld', 'held'],
    ['in time, completeness running', { stage: 'received', inTime: true }, 'held', 'none'],
    ['late, completeness running', { stage: 'received', inTime: false }, 'held', 'none'],
    ['in time, supplement open', { stage: 'supplement', inTime: true }, 'lapsed', 'opens'],
    ['late, supplement open', { stage: 'supplement', inTime: false }, 'lapsed', 'opens'],
    ['in time, ended without a grant', { stage: 'ended', inTime: true }, 'lapsed', 'opens'],
    ['granted before', { stage: 'granted', inTime: false }, 'renewed', 'none'],
    ['no renewal at all', null, 'lapsed', 'opens'],
  ])('%s', (_name, renewal, outcome, cancellation) => {
    expect(renewalAtExpiry(renewal)).toMatchObject({ outcome, cancellation });
  });

  test('a hold stops the cancellation, never the lapse', () => {
    expect(renewalAtExpiry(null, true)).toMatchObject({ outcome: 'lapsed', cancellation: 'held' });
    expect(renewalAtExpiry({ stage: 'accepted', inTime: true }, true)).toMatchObject({
      outcome: 'deemedRenewed',
    });
  });

  test('each outcome cites its article in both languages', () => {
    expect(renewalAtExpiry({ stage: 'accepted', inTime: true }).citation.short).toBe('ALL 50');
    expect(renewalAtExpiry(null).citation.short).toBe('ALL 70');
    expect(renewalAtExpiry(null).zh).toContain('启动注销程序');
  });
});

describe('the glossary', () => {
  test('names a word of the field in both languages, and leaves a foreign one as it is', () => {
    expect(termOf('renewal')).toEqual({ zh: '延续', en: 'renewal' });
    expect(termOf('toString')).toEqual({ zh: 'toString', en: 'toString' });
  });
});
