import type { ErrorDetail } from './errors.js';
import type { RulePack } from './pack.js';
import { failing, problem, twice } from './packProblem.js';

/** What contradicts itself about a pack's organs, who does what, and how they sign. */
export function organProblems(pack: RulePack): readonly ErrorDetail[] {
  return [
    ...basisProblems(pack),
    ...responsibilityProblems(pack),
    ...divisionProblems(pack),
    ...chainProblems(pack),
  ];
}

/** A division lies in the region, has a name of its own beside its neighbours, and organs for all that happens in it. */
function divisionProblems(pack: RulePack): ErrorDetail[] {
  const served = new Set(pack.responsibilities.map(({ area }) => area));
  return [
    ...twice(
      'divisions',
      pack.divisions.map(({ code }) => ({ id: code })),
    ),
    ...pack.divisions.flatMap(({ code }, index) =>
      failing(
        [
          code.startsWith(pack.region.slice(0, 2)),
          `divisions.${index}.code`,
          'a division of the region',
          code,
        ],
        [code === pack.region || served.has(code), `divisions.${index}.code`, 'an organ for it', code],
      ),
    ),
  ];
}

function basisProblems(pack: RulePack): ErrorDetail[] {
  const known = (id: string | null): boolean => id === null || pack.organs.some((organ) => organ.id === id);
  const mayEntrust = (id: string | null): boolean =>
    pack.organs.some((organ) => organ.id === id && organ.basis.kind !== 'entrusted');
  return [
    ...twice('organs', pack.organs),
    ...pack.organs.flatMap(({ superior, actsFor, basis }, index) =>
      failing(
        [known(superior), `organs.${index}.superior`, 'an organ of the pack', superior],
        [known(actsFor), `organs.${index}.actsFor`, 'an organ of the pack', actsFor],
        [
          basis.kind !== 'entrusted' || basis.from <= basis.to,
          `organs.${index}.basis.to`,
          'a day after the term began',
          basis,
        ],
        [
          basis.kind !== 'entrusted' || mayEntrust(superior),
          `organs.${index}.superior`,
          'the organ that entrusted it, and is not entrusted itself',
          superior,
        ],
      ),
    ),
  ];
}

function responsibilityProblems(pack: RulePack): ErrorDetail[] {
  const organs = new Set(pack.organs.map((organ) => organ.id));
  const pairs = pack.responsibilities.flatMap(({ area, procedures }) =>
    procedures.map((each) => ({ id: `${area} ${each}` })),
  );
  return [
    ...twice('responsibilities', pairs),
    ...pack.responsibilities.flatMap((each, index) =>
      (['accepting', 'reviewing', 'deciding', 'sealing', 'supervising'] as const)
        .filter((part) => !organs.has(each[part]))
        .map((part) => problem(`responsibilities.${index}.${part}`, 'an organ of the pack', each[part])),
    ),
  ];
}

function chainProblems(pack: RulePack): ErrorDetail[] {
  return [
    ...failing([
      pack.signingChains['default'] !== undefined,
      'signingChains.default',
      'the chain of every other organ',
      undefined,
    ]),
    ...Object.entries(pack.signingChains).flatMap(([organ, chain]) => [
      ...failing(
        [
          organ === 'default' || pack.organs.some((known) => known.id === organ),
          `signingChains.${organ}`,
          'an organ of the pack',
          organ,
        ],
        [
          chain.at(-1)?.role === 'sealKeeper',
          `signingChains.${organ}`,
          'the seal as its last step',
          chain.at(-1)?.step,
        ],
        [chain.length > 1, `signingChains.${organ}`, 'at least one signature before the seal', chain.length],
      ),
      ...twice(
        `signingChains.${organ}`,
        chain.map(({ step }) => ({ id: step })),
      ),
    ]),
  ];
}
