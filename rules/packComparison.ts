import type { Citation, Standing } from './citation.js';
import type { Words } from './clockSentences.js';
import { glossary } from './glossary.js';
import type { RulePack } from './pack.js';
import { type PackValue, valueKinds, valuesOf } from './packValues.js';

/** One difference between two packs: what was added, altered or removed, with the marks and citations of both. */
export interface PackDifference {
  readonly change: 'added' | 'altered' | 'removed';
  readonly kind: string;
  readonly id: string;
  readonly name: Words;
  readonly before: PackSide | null;
  readonly after: PackSide | null;
  /** The difference in a sentence. */
  readonly zh: string;
  readonly en: string;
}

/** A value as one of the packs has it. */
export interface PackSide {
  readonly value: Words;
  readonly citation: Citation | null;
  /** Null for the organ's own order, which claims to rest on no provision. */
  readonly standing: Standing | null;
  readonly confirmed: boolean;
}

interface Part extends PackSide {
  readonly kind: string;
  readonly kindName: Words;
  readonly id: string;
  readonly name: Words;
  /** Everything that counts as the value, so that no difference is overlooked. */
  readonly whole: string;
}

const changeNames = {
  added: { zh: '新增', en: 'added' },
  altered: { zh: '修改', en: 'altered' },
  removed: { zh: '删除', en: 'removed' },
} as const satisfies Record<PackDifference['change'], Words>;

const standingNames = {
  seen: { zh: '已查阅原文', en: 'read' },
  recalled: { zh: '凭记忆', en: 'recalled' },
  derived: { zh: '推定', en: 'derived' },
} as const satisfies Record<Standing, Words>;

/**
 * What is different in the second pack: limits, extensions, promises, ladders, grounds, conditions, papers, signing chains,
 * organs, responsibilities, documents, remedies and settings, in this order. Empty where they say the same.
 */
export function comparePacks(before: RulePack, after: RulePack): readonly PackDifference[] {
  const [old, young] = [partsOf(before), partsOf(after)];
  const differences: PackDifference[] = [];
  for (const [key, part] of young) {
    const was = old.get(key);
    if (was === undefined) differences.push(difference('added', null, part));
    else if (was.whole !== part.whole) differences.push(difference('altered', was, part));
  }
  for (const [key, part] of old) if (!young.has(key)) differences.push(difference('removed', part, null));
  const order = [...new Set([...young.values(), ...old.values()].map(({ kind }) => kind))];
  return differences.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

function difference(
  change: PackDifference['change'],
  before: Part | null,
  after: Part | null,
): PackDifference {
  const part = after ?? before;
  if (part === null) throw new Error('a difference has a side');
  const { kind, kindName, id, name } = part;
  const sentence = (language: 'zh' | 'en'): string => {
    const sides = [before, after].flatMap((side) => (side === null ? [] : [sideInWords(side, language)]));
    const colon = language === 'zh' ? '：' : ': ';
    return `${changeNames[change][language]} ${kindName[language]}“${name[language]}”${colon}${sides.join(' → ')}`;
  };
  return {
    ...{ change, kind, id, name },
    ...{ before: before && sideOf(before), after: after && sideOf(after) },
    ...{ zh: sentence('zh'), en: sentence('en') },
  };
}

const sideOf = ({ value, citation, standing, confirmed }: Part): PackSide => ({
  ...{ value, citation, standing, confirmed },
});

function sideInWords({ value, citation, standing, confirmed }: PackSide, language: 'zh' | 'en'): string {
  const chinese = language === 'zh';
  const marks = [
    ...(citation === null ? [] : [citation[language]]),
    ...(standing === null ? [] : [standingNames[standing][language]]),
    ...(standing === null || standing === 'seen'
      ? []
      : [confirmed ? (chinese ? '已确认' : 'confirmed') : chinese ? '未确认' : 'unconfirmed']),
  ];
  if (marks.length === 0) return value[language];
  return chinese ? `${value.zh}（${marks.join('，')}）` : `${value.en} (${marks.join(', ')})`;
}

function partsOf(pack: RulePack): ReadonlyMap<string, Part> {
  const parts = [...valuesOf(pack).map((value) => valuePart(pack, value)), ...orderParts(pack)];
  return new Map(parts.map((part) => [`${part.kind}/${part.id}`, part]));
}

function valuePart(pack: RulePack, { pack: _, confirmedBy, ...value }: PackValue): Part {
  const { kind, id, name, citation, standing } = value;
  const whole = kind === 'limit' ? [value, pack.limits[id]] : value;
  return {
    ...{ kind, kindName: valueKinds[kind], id, name, value: value.value, citation, standing },
    confirmed: confirmedBy !== null,
    whole: JSON.stringify([whole, confirmedBy]),
  };
}

/** What a pack orders without a value: chains, organs, who does what, documents, remedies, settings. */
function orderParts(pack: RulePack): readonly Part[] {
  const part = (
    kind: string,
    kindName: Words,
    id: string,
    name: Words,
    value: Words,
    whole: unknown,
  ): Part => ({
    ...{ kind, kindName, id, name, value, citation: null, standing: null, confirmed: false },
    whole: JSON.stringify(whole),
  });
  const organName = (id: string): Words => pack.organs.find((organ) => organ.id === id) ?? { zh: id, en: id };
  const same = (text: string): Words => ({ zh: text, en: text });
  return [
    ...Object.entries(pack.signingChains).map(([organ, steps]) => {
      const name = organ === 'default' ? { zh: '一般', en: 'every other organ' } : organName(organ);
      const said = (language: 'zh' | 'en') =>
        steps
          .map(
            (step) =>
              step[language] +
              (step.when === 'always' ? '' : language === 'zh' ? '（需要时）' : ' (where due)'),
          )
          .join(language === 'zh' ? '、' : ', ');
      const value = { zh: said('zh'), en: said('en') };
      return part('signingChain', { zh: '签批链', en: 'signing chain' }, organ, plain(name), value, steps);
    }),
    ...pack.organs.map((organ) =>
      part(
        'organ',
        { zh: '机关', en: 'organ' },
        organ.id,
        plain(organ),
        same(`${organ.short} ${organ.area}`),
        organ,
      ),
    ),
    ...pack.responsibilities.map((each) => {
      const id = `${each.area} ${each.procedures.join(',')}`;
      const { area: _, procedures: __, ...roles } = each;
      const value = same(Object.values(roles).join(', '));
      return part('responsibility', { zh: '职责分工', en: 'responsibility' }, id, same(id), value, each);
    }),
    ...Object.entries(pack.documents).map(([id, document]) => {
      const value = same(document.numberPattern ?? '—');
      const { grounds, ...rest } = document;
      const cited: Citation | null = grounds[0] ?? null;
      return {
        ...part('document', { zh: '文书', en: 'document' }, id, plain(document), value, [rest, grounds]),
        citation: cited,
      };
    }),
    ...Object.entries(pack.remedies).map(([id, remedy]) => ({
      ...part('remedy', { zh: '救济', en: 'remedy' }, id, same(id), remedyInWords(remedy), remedy),
      ...{ citation: remedy.citation, standing: remedy.standing, confirmed: remedy.confirmedBy !== null },
    })),
    ...Object.entries(pack.settings).map(([id, value]) =>
      part('setting', { zh: '设置', en: 'setting' }, id, same(id), same(String(value ?? '—')), value),
    ),
  ];
}

function remedyInWords({ length, unit }: RulePack['remedies']['review']): Words {
  if (unit === 'month') return { zh: `${length}个月`, en: `${length} months` };
  return { zh: `${length}${glossary.calendarDay.zh}`, en: `${length} ${glossary.calendarDay.en}s` };
}

const plain = ({ zh, en }: Words): Words => ({ zh, en });
