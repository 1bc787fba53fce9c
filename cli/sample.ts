import { createHash } from 'node:crypto';
import { DomainError } from '../rules/errors.js';
import { parseShare } from '../rules/sampling.js';
import { readCarry } from '../sampling/carry.js';
import { type Draw, draw, drawHmac } from '../sampling/draw.js';
import { readPopulation } from '../sampling/population.js';
import { recipe } from '../sampling/recipe.js';
import type { Output } from './output.js';

/** What was asked for on the command line, as text. */
export interface SampleOptions {
  readonly population?: string;
  readonly seed?: string;
  readonly beacon?: string;
  readonly first: string;
  readonly reapply: string;
  readonly carry?: string;
  readonly json?: true;
  readonly recipe?: true;
}

/**
 * `yizheng sample`: draws a round's sample from a frozen population, or prints how it is done. Needs no server; the same
 * file, seed and beacon give the same draw on any machine. Throws `input.invalid`, with every faulty row told on stderr.
 */
export async function sample(options: SampleOptions, output: Output): Promise<void> {
  if (options.recipe === true) {
    if (options.population !== undefined || options.seed !== undefined) {
      throw new DomainError('input.invalid', { what: '--recipe stands alone', expected: '--recipe' });
    }
    output.out([recipe.zh, recipe.en, recipe.python].join('\n\n'));
    return;
  }
  const path = required(options.population, '--population');
  const seed = seedOf(required(options.seed, '--seed'));
  const shares = {
    first: parseShare(options.first, '--first'),
    reapplication: parseShare(options.reapply, '--reapply'),
  };
  const hmac = drawHmac(seed, beaconOf(options.beacon));
  const carry = options.carry === undefined ? new Map<string, never>() : await readCarry(options.carry);
  const population = await readPopulation(path);
  const draws = draw(population, hmac, shares, carry);
  output.out(
    options.json === true
      ? JSON.stringify({ populationHash: population.hash, draws }, null, 2)
      : textOf(population.hash, seed, draws),
  );
}

function required(value: string | undefined, option: string): string {
  if (value !== undefined) return value;
  throw new DomainError('input.invalid', {
    what: `${option} is missing`,
    expected:
      '--population FILE.csv --seed HEX [--beacon TEXT] [--first 0.3] [--reapply 0.2] [--carry FILE] [--json], or --recipe',
  });
}

function seedOf(hex: string): Buffer {
  if (/^([0-9a-f]{2})+$/i.test(hex)) return Buffer.from(hex, 'hex');
  // A seed is a secret until it is published: it is not repeated.
  throw new DomainError('input.invalid', {
    what: 'not a seed',
    where: '--seed',
    expected: 'an even number of hex digits',
    found: `${hex.length} characters`,
  });
}

/** An empty beacon is no value of a later time; whether it counts as one would differ from program to program. */
function beaconOf(text: string | undefined): string | null {
  if (text === '') {
    throw new DomainError('input.invalid', {
      what: 'an empty beacon',
      where: '--beacon',
      expected: 'a text',
    });
  }
  return text ?? null;
}

function textOf(hash: string, seed: Buffer, draws: readonly Draw[]): string {
  const seedHash = createHash('sha256').update(seed).digest('hex');
  return [
    `总体 populationHash ${hash}`,
    `种子 SHA-256 of the seed ${seedHash}`,
    ...draws.flatMap(({ city, kind, population, size, permits }) => [
      '',
      `${city} ${kind}: 总体 population ${population}, 抽取 drawn ${size}`,
      ...permits.map((permit) => `  ${permit}`),
    ]),
  ].join('\n');
}
