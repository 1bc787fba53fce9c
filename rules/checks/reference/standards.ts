import { type CalendarDate, parseDate } from '../../date.js';
import type { PollutantCode } from './pollutants.js';

/** Emission limits by standard and row, mg/m³ or mg/L. Recalled; a standard or row not held is for a person to compare. */
export const standardLimits: Readonly<
  Record<string, Readonly<Record<string, Partial<Record<PollutantCode, number>>>>>
> = {
  'GB 13271-2014': {
    newCoal: { particulates: 50, so2: 300, nox: 300 },
    newOil: { particulates: 30, so2: 200, nox: 250 },
    newGas: { particulates: 20, so2: 50, nox: 200 },
    specialCoal: { particulates: 30, so2: 200, nox: 200 },
    specialOil: { particulates: 30, so2: 100, nox: 200 },
    specialGas: { particulates: 20, so2: 50, nox: 150 },
  },
  'GB 13223-2011': {
    newCoal: { particulates: 30, so2: 100, nox: 100 },
    specialCoal: { particulates: 20, so2: 50, nox: 100 },
  },
  'GB 18918-2002': {
    oneA: { cod: 50, bod: 10, suspended: 10, ammoniaNitrogen: 8, totalNitrogen: 15, totalPhosphorus: 0.5 },
    oneB: { cod: 60, bod: 20, suspended: 20, ammoniaNitrogen: 15, totalNitrogen: 20, totalPhosphorus: 1 },
  },
  'GB 18485-2014': {
    hourly: { particulates: 30, nox: 300, so2: 100, hcl: 60, co: 100 },
    daily: { particulates: 20, nox: 250, so2: 80, hcl: 50, co: 80 },
  },
};

/** Standards that no longer apply, from which day, and what stands in their place. Recalled. */
export const supersededStandards: Readonly<
  Record<string, { readonly from: CalendarDate; readonly by: string }>
> = {
  'GB 13271-2001': { from: parseDate('2016-07-01'), by: 'GB 13271-2014' },
  'GB 13223-2003': { from: parseDate('2014-07-01'), by: 'GB 13223-2011' },
  'GB 18485-2001': { from: parseDate('2016-01-01'), by: 'GB 18485-2014' },
  'GB 4915-2004': { from: parseDate('2015-07-01'), by: 'GB 4915-2013' },
  'GB 18599-2001': { from: parseDate('2021-07-01'), by: 'GB 18599-2020' },
  'GB 18597-2001': { from: parseDate('2023-07-01'), by: 'GB 18597-2023' },
};

/** Methods that were withdrawn, and what stands in their place. Recalled. */
export const withdrawnMethods: Readonly<Record<string, string>> = {
  'HJ/T 57-2000': 'HJ 57-2017',
  'HJ/T 38-1999': 'HJ 38-2017',
  'GB/T 11914-1989': 'HJ 828-2017',
  'GB/T 11914-89': 'HJ 828-2017',
};

/** Methods for ambient air, which are none for the gas in a stack. Recalled. */
export const ambientMethods: readonly string[] = [
  'HJ 482-2009',
  'HJ 479-2009',
  'HJ 618-2011',
  'HJ 1263-2022',
  'HJ 604-2017',
];

/** The self-monitoring guide of an industry, which goes before HJ 819. Boilers and water works seen, others recalled. */
export const guidesByIndustry: readonly { readonly industry: RegExp; readonly guide: string }[] = [
  { industry: /^44(1|30)/, guide: 'HJ 820-2017' },
  { industry: /^462/, guide: 'HJ 1083-2020' },
  { industry: /^301/, guide: 'HJ 848-2017' },
  { industry: /^22/, guide: 'HJ 821-2017' },
  { industry: /^31/, guide: 'HJ 878-2017' },
  { industry: /^17/, guide: 'HJ 879-2017' },
  { industry: /^25/, guide: 'HJ 880-2017' },
  { industry: /^3360/, guide: 'HJ 985-2018' },
];
