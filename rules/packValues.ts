import type { Citation, Standing } from './citation.js';
import { lengthInWords, type Words } from './clockSentences.js';
import { glossary, termOf } from './glossary.js';
import type { LadderStep } from './ladder.js';
import { type Confirmation, type Limit, mayTakeEffect } from './limit.js';
import type { PromisedLength, RulePack } from './pack.js';

/** The kinds of value that a pack holds, by what they are called. */
export const valueKinds = {
  limit: glossary.limit,
  extension: { zh: '期限延长', en: 'extension' },
  promise: glossary.promisedLimit,
  ladder: { zh: '提醒阶梯', en: 'reminder ladder' },
  pauseGround: { zh: '扣除事由', en: 'ground of a pause' },
  gate: { zh: '许可条件', en: 'condition of the decision' },
  visitTrigger: { zh: '现场核查情形', en: 'reason for a visit' },
  requiredFile: { zh: '申请材料', en: 'required paper' },
} as const satisfies Record<string, Words>;

/** A value of a pack, with what it rests on. */
export interface PackValue {
  readonly pack: string;
  readonly kind: keyof typeof valueKinds;
  /** The limit or condition that it belongs to; with the organ and procedure for a promise, the rung for a ladder. */
  readonly id: string;
  readonly name: Words;
  readonly value: Words;
  readonly citation: Citation | null;
  /** Null for the organ's own order, which claims to rest on no provision. */
  readonly standing: Standing | null;
  readonly confirmedBy: Confirmation | null;
  /** Whether it changes a legal state by itself: `warns` is one that would, and is not confirmed. */
  readonly effect: 'none' | 'takesEffect' | 'warns';
  readonly note: string | null;
}

/** Whether a value still rests on nobody's word: no provision was read for it, and no legal officer has confirmed it. */
export const isUnconfirmed = ({ standing, confirmedBy }: PackValue): boolean =>
  standing !== null && standing !== 'seen' && confirmedBy === null;

/** Every value of a pack: limits with their extensions, promises and ladders, then what the decision depends on. */
export function valuesOf(pack: RulePack): readonly PackValue[] {
  const own = { pack: pack.id, standing: null, confirmedBy: null, effect: 'none', note: null } as const;
  const limits = Object.values(pack.limits);
  const plain = (
    kind: PackValue['kind'],
    items: readonly (Words & { readonly id: string; readonly citation: Citation })[],
  ): readonly PackValue[] =>
    items.map(({ id, zh, en, citation }) => ({
      ...own,
      kind,
      id,
      name: { zh, en },
      value: { zh, en },
      citation,
    }));
  return [
    ...limits.flatMap((limit) => [limitValue(pack, limit), ...extensionValue(pack, limit)]),
    ...pack.promised.map((promise) => ({ ...own, ...promiseValue(pack, promise) })),
    ...limits.flatMap((limit) =>
      (pack.ladders[limit.id] ?? []).map((rung) => ({ ...own, ...rungValue(limit, rung) })),
    ),
    ...plain('pauseGround', pack.pauseGrounds),
    ...plain('gate', pack.gates),
    ...plain('visitTrigger', pack.visitTriggers),
    ...plain('requiredFile', pack.requiredFiles),
  ];
}

/** A limit as a value. */
export function limitValue(pack: RulePack, limit: Limit): PackValue {
  const { id, zh, en, citation, standing, confirmedBy, legalEffect } = limit;
  const length = lengthInWords(limit, limit.length);
  return {
    ...{ pack: pack.id, kind: 'limit', id, name: { zh, en }, citation, standing, confirmedBy },
    value: limit.direction === 'back' ? { zh: `向前${length.zh}`, en: `${length.en} back` } : length,
    effect: !legalEffect ? 'none' : mayTakeEffect(limit) ? 'takesEffect' : 'warns',
    note: limit.note ?? null,
  };
}

function extensionValue(pack: RulePack, limit: Limit): readonly PackValue[] {
  const { id, zh, en, extension } = limit;
  if (extension === null) return [];
  const { citation, standing, confirmedBy, approver } = extension;
  const length = lengthInWords(limit, extension.length);
  const by = termOf(approver);
  const value = { zh: `一次，${length.zh}，${by.zh}批准`, en: `once, ${length.en}, by the ${by.en}` };
  return [
    {
      ...{ pack: pack.id, kind: 'extension', id, name: { zh, en }, value, citation, standing, confirmedBy },
      ...{ effect: 'none', note: null },
    },
  ];
}

function promiseValue(pack: RulePack, { organ, procedure, limit, length }: PromisedLength) {
  const of = pack.limits[limit];
  const at = pack.organs.find((each) => each.id === organ);
  const { zh, en } = termOf(procedure);
  return {
    kind: 'promise' as const,
    id: `${limit}/${organ}/${procedure}`,
    name: {
      zh: `${of?.zh ?? limit}（${at?.zh ?? organ}，${zh}）`,
      en: `${of?.en ?? limit} (${at?.en ?? organ}, ${en})`,
    },
    value: lengthInWords(of ?? { unit: 'workingDay' }, length),
    citation: null,
  };
}

function rungValue(limit: Limit, rung: LadderStep) {
  const act = termOf(`clock.${rung.action}`);
  const to = rung.level === undefined ? { zh: '', en: '' } : termOf(rung.level);
  const when = momentOf(rung);
  return {
    kind: 'ladder' as const,
    id: `${limit.id}/${rung.name}`,
    name: { zh: limit.zh, en: limit.en },
    value: {
      zh: `${when.zh} ${rung.at} ${act.zh}${to.zh === '' ? '' : `（${to.zh}）`}`,
      en: `${when.en}, ${rung.at}: ${act.en}${to.en === '' ? '' : `, to the ${to.en}`}`,
    },
    citation: null,
  };
}

/** When a rung comes: so many days before or after the promised or the statutory last day, or every year. */
function momentOf({ before, after, basis }: LadderStep): Words {
  const day =
    basis === 'promised' ? { zh: '承诺日', en: 'the promised day' } : { zh: '届满日', en: 'the last day' };
  const distance = before ?? after;
  if (distance === undefined) return { zh: '每年', en: 'every year' };
  const length = lengthInWords(distance, distance.length);
  return before === undefined
    ? { zh: `${day.zh}后${length.zh}`, en: `${length.en} after ${day.en}` }
    : { zh: `${day.zh}前${length.zh}`, en: `${length.en} before ${day.en}` };
}
