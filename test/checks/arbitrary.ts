import fc from 'fast-check';
import { z } from 'zod';

/** What JSON schema says of a part, as far as our contents use it. */
interface Part {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Part[];
  readonly oneOf?: readonly Part[];
  readonly properties?: Readonly<Record<string, Part>>;
  readonly required?: readonly string[];
  readonly items?: Part;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Names that mean something to a rule, so that rules come to speak. */
const words = [
  ...[
    'DA001',
    'DA002',
    'DW001',
    '颗粒物',
    'SO2',
    'NO2',
    '化学需氧量',
    '臭气浓度',
    'kiln',
    'anodising',
    'cementKiln',
  ],
  ...[
    '1次/季',
    '2次/日',
    '1次/周',
    '自动监测',
    '次年1月31日前',
    '次年2月30日前',
    '次月底前',
    '季度结束后15日内',
    'x',
    '/',
    '10/20',
  ],
  ...[
    'mg/Nm3',
    'mg/m3',
    'mg/L',
    'GB 13271-2014',
    'GB 13271-2001',
    'newCoal',
    'HJ 942-2018',
    '炭化',
    '混合',
    '板材',
    't',
    'constructor',
  ],
];

/** Any document that a schema accepts, from its own JSON schema: so that a field added there is tried here. */
export function arbitraryOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  return of(z.toJSONSchema(schema, { io: 'input' }) as Part);
}

function of(part: Part): fc.Arbitrary<unknown> {
  if (part.const !== undefined) return fc.constant(part.const);
  if (part.enum !== undefined) return fc.constantFrom(...part.enum);
  const options = part.anyOf ?? part.oneOf;
  if (options !== undefined) return fc.oneof(...options.map(of));
  if (typeof part.type !== 'string')
    return fc.oneof(...(part.type ?? []).map((type) => of({ ...part, type })));
  switch (part.type) {
    case 'object': {
      const entries = Object.entries(part.properties ?? {}).map(([name, each]) => [name, of(each)] as const);
      return fc.record(Object.fromEntries(entries), { requiredKeys: [...(part.required ?? [])] });
    }
    case 'array':
      return fc.array(of(part.items ?? {}), {
        minLength: part.minItems ?? 0,
        maxLength: Math.min(part.maxItems ?? 4, 4),
      });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'integer':
      return fc.integer({
        min: Math.max(part.minimum ?? -5, -5_000),
        max: Math.min(part.maximum ?? 3000, 3000),
      });
    case 'number':
      return number(part);
    case 'string':
      return text(part);
    default:
      throw new Error(`no arbitrary for ${JSON.stringify(part)}`);
  }
}

function number({ minimum = -Number.MAX_VALUE, maximum = Number.MAX_VALUE }: Part): fc.Arbitrary<number> {
  const any = fc.double({ min: minimum, max: maximum, noNaN: true, noDefaultInfinity: true });
  const usual = fc.constantFrom(
    ...[0, 0.1, 1, 2.5, 10, 48, 250.5, 20_000].filter((each) => each >= minimum && each <= maximum),
  );
  return fc.oneof(any, usual);
}

function text({ format, pattern }: Part): fc.Arbitrary<string> {
  const day = fc
    .date({
      min: new Date('1993-01-01T00:00:00Z'),
      max: new Date('2198-12-31T00:00:00Z'),
      noInvalidDate: true,
    })
    .map((date) => date.toISOString());
  if (format === 'date') return day.map((iso) => iso.slice(0, 10));
  if (format === 'date-time') return day.map((iso) => `${iso.slice(0, 19)}+08:00`);
  if (pattern !== undefined) return fc.constantFrom('2663', '782', '462', '4417', '3039', '31');
  return fc.oneof(fc.constantFrom(...words), fc.string({ minLength: 1, maxLength: 20 }));
}
