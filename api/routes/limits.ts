import { z } from 'zod';
import { isUnconfirmed, type PackValue, valueKinds, valuesOf } from '../../rules/packValues.js';
import { packs } from '../../rules/packs/index.js';
import { limitsPage } from '../limitsPage.js';
import { type Resource, route } from '../route.js';

const words = z.object({ zh: z.string(), en: z.string() });
const kinds = z.enum(Object.keys(valueKinds) as [PackValue['kind'], ...PackValue['kind'][]]);
const standings = ['seen', 'recalled', 'derived'] as const;

const valueSchema = z
  .object({
    pack: z.string(),
    kind: kinds,
    id: z.string(),
    name: words,
    value: words,
    citation: words.extend({ short: z.string() }).nullable(),
    standing: z
      .enum(standings)
      .nullable()
      .meta({ description: 'null for the organ’s own order, which claims no provision' }),
    confirmedBy: z
      .object({ name: z.string(), role: z.string(), on: z.string() })
      .nullable()
      .meta({ description: 'the legal officer who has confirmed a value that no provision read states' }),
    effect: z
      .enum(['none', 'takesEffect', 'warns'])
      .meta({ description: 'whether it changes a legal state by itself; an unconfirmed one only warns' }),
    note: z.string().nullable(),
  })
  .meta({ id: 'PackValue' });

const limitQuery = z.object({
  standing: z
    .enum([...standings, 'unread', 'unconfirmed'])
    .optional()
    .meta({ description: '`unread`: recalled or derived; `unconfirmed`: those that nobody has confirmed' }),
  kind: kinds.optional(),
  pack: z.enum(packs.map((pack) => pack.id)).optional(),
});

type Filter = z.output<typeof limitQuery>;

/** Each title says what the page shows. */
const titles: Readonly<Record<NonNullable<Filter['standing']> | 'all', { zh: string; en: string }>> = {
  all: { zh: '期限及其他规则值', en: 'Time limits and other values of the rules' },
  seen: { zh: '已查阅原文的规则值', en: 'Values whose provision was read' },
  recalled: { zh: '凭记忆录入的规则值', en: 'Values that are recalled' },
  derived: { zh: '推定或自定的规则值', en: 'Values that are derived' },
  unread: { zh: '凭记忆或推定的规则值', en: 'Values that rest on recall or inference' },
  unconfirmed: { zh: '尚未确认的规则值', en: 'Values that nobody has confirmed' },
};

function fits(value: PackValue, { standing, kind, pack }: Filter): boolean {
  if ((kind ?? value.kind) !== value.kind || (pack ?? value.pack) !== value.pack) return false;
  if (standing === undefined) return true;
  if (standing === 'unconfirmed') return isUnconfirmed(value);
  if (standing === 'unread') return value.standing !== null && value.standing !== 'seen';
  return value.standing === standing;
}

/** What the rules hold, and what each value rests on. */
export const limits: Resource = {
  name: 'limits',
  description: '规则值 / what every rule pack holds, and what each value rests on',
  routes: [
    route({
      method: 'get',
      path: '/limits',
      summary: '期限及其依据 / time limits, extensions, promises, ladders and conditions of all packs',
      description: 'With `Accept: text/html` a page to read and to print.',
      access: 'limit.read',
      query: limitQuery,
      answers: {
        200: {
          description: 'The values',
          schema: z.object({ unconfirmed: z.int(), items: z.array(valueSchema) }),
          page: true,
        },
      },
      handle(_context, _person, { query, headers }) {
        const values = packs.flatMap(valuesOf).filter((value) => fits(value, query));
        const vary = { Vary: 'Accept' };
        if (/\btext\/html\b/.test(headers.accept ?? '')) {
          const body = Buffer.from(limitsPage(values, titles[query.standing ?? 'all']));
          return Promise.resolve({
            status: 200,
            body,
            headers: { ...vary, 'Content-Type': 'text/html; charset=utf-8' },
          });
        }
        const unconfirmed = values.filter(isUnconfirmed).length;
        return Promise.resolve({ status: 200, body: { unconfirmed, items: values }, headers: vary });
      },
    }),
  ],
};
