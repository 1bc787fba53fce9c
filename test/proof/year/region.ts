import { officer, type Staff, staffOf } from '../../../rehearsal/people.js';
import type { Actor } from '../../../workflows/messages/request.js';

/** The five cities of the region. */
export const cities = ['990100', '990200', '990300', '990400', '990500'] as const;
export type City = (typeof cities)[number];

/** The organ that decides on a city's permits, and the one that supervises its units. */
export const organs: Readonly<Record<City, { readonly deciding: string; readonly supervising: string }>> = {
  '990100': { deciding: 'yunchuan', supervising: 'yunchuan' },
  '990200': { deciding: 'lanjiang.approval', supervising: 'lanjiang.ecology' },
  '990300': { deciding: 'beilan', supervising: 'beilan' },
  '990400': { deciding: 'nanze', supervising: 'nanze' },
  '990500': { deciding: 'xishu', supervising: 'xishu' },
};

/** Who works on a city's applications. */
export function staffIn(city: City): Staff {
  const { deciding, supervising } = organs[city];
  return staffOf(deciding, { reviewing: supervising });
}

/** Two inspectors of an organ: they review, and verify what was mended. */
export const inspectorsOf = (organ: string): readonly [Actor, Actor] => [
  officer(`inspector.${organ}`, `inspector@${organ}`),
  officer(`inspector.${organ}.2`, `inspector@${organ}`),
];

/** How many issuances of each kind the platform's list brings from a city in a quarter. */
export const listed: Readonly<Record<City, readonly (readonly [first: number, reapplication: number])[]>> = {
  '990100': [
    [3, 1],
    [4, 2],
    [3, 2],
    [3, 1],
  ],
  '990200': [
    [2, 1],
    [2, 1],
    [1, 2],
    [3, 1],
  ],
  '990300': [
    [1, 1],
    [3, 2],
    [2, 1],
    [1, 2],
  ],
  '990400': [
    [1, 2],
    [1, 1],
    [3, 1],
    [2, 2],
  ],
  '990500': [
    [2, 1],
    [1, 3],
    [1, 1],
    [1, 1],
  ],
};
