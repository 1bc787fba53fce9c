import type { RulePack } from '../rules/pack.js';
import { plain } from './cells.js';

/** The names by which a row says where it is. */
export interface Whereabouts {
  readonly province: string;
  readonly city: string;
  readonly county: string;
  readonly organ: string;
  /** The six digits of the division in the credit code. */
  readonly ofCreditCode: string;
}

/** A six-digit division that some organ is responsible for, and whether it had to be guessed. */
export interface Area {
  readonly code: string;
  readonly guessed: boolean;
}

/**
 * Finds the division of a row: the county of that name in the city of that name; the city alone where no county is named.
 * Where the names say less, the city, the issuing organ's area and the division in the credit code are tried, in this order,
 * and the area is marked as guessed. Undefined where no pack knows any of them.
 */
export function findArea(packs: readonly RulePack[], where: Whereabouts): Area | undefined {
  const { county, organ, ofCreditCode: own } = where;
  for (const pack of packsOf(packs, where.province)) {
    const city = divisionOf(pack, where.city, '');
    const code = divisionOf(pack, county, city?.slice(0, 4) ?? '');
    const isCityItself = county === '' || county === where.city || /^(市辖区|市本级|直辖)$/.test(county);
    if (code !== undefined && (city !== undefined || where.city === '')) return { code, guessed: false };
    if (city !== undefined) return { code: city, guessed: !isCityItself };
    if (code !== undefined) return { code, guessed: true };
  }
  for (const pack of packsOf(packs, where.province)) {
    const byOrgan = pack.organs.find(({ zh, area }) => plain(zh) === organ && isServed(pack, area));
    const guess = byOrgan?.area ?? [own, `${own.slice(0, 4)}00`].find((code) => isServed(pack, code));
    if (guess !== undefined) return { code: guess, guessed: true };
  }
  return undefined;
}

/** The same, for a list: its rows say a few places many times. */
export function areaFinder(packs: readonly RulePack[]): (where: Whereabouts) => Area | undefined {
  const found = new Map<string, Area | undefined>();
  return (where) => {
    const key = JSON.stringify(where);
    if (!found.has(key)) found.set(key, findArea(packs, where));
    return found.get(key);
  };
}

/** The pack of the province that is named; all of them where none is, or where it is a name that none of them has. */
function packsOf(packs: readonly RulePack[], province: string): readonly RulePack[] {
  const named = packs.filter(
    (pack) => plain(pack.zh) === province || divisionOf(pack, province, '') === pack.region,
  );
  return named.length > 0 ? named : packs;
}

function divisionOf(pack: RulePack, name: string, within: string): string | undefined {
  if (name === '') return undefined;
  return pack.divisions.find(({ code, zh }) => code.startsWith(within) && plain(zh) === name)?.code;
}

const isServed = (pack: RulePack, area: string): boolean =>
  pack.responsibilities.some((responsibility) => responsibility.area === area);
