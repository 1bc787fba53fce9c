import { cite } from '../../instruments.js';
import type { Organ } from '../../pack.js';

const government = (id: string, area: string, short: string, zh: string, en: string): Organ => ({
  ...{ id: `government.${id}`, zh: `${zh}人民政府`, en: `People’s Government of ${en}`, short, area },
  ...{
    kind: 'government',
    superior: null,
    actsFor: null,
    basis: { kind: 'statute', citation: cite('ARL', '24') },
  },
});

/** The governments of the fictional region and its cities, which decide on reconsiderations of what their bureaus did. */
export const governments: readonly Organ[] = [
  government('region', '990000', '示政', '示范自治区', 'the Demonstration Autonomous Region'),
  government('yunchuan', '990100', '云政', '云川市', 'Yunchuan'),
  government('lanjiang', '990200', '澜政', '澜江市', 'Lanjiang'),
  government('beilan', '990300', '岚政', '北岚市', 'Beilan'),
  government('nanze', '990400', '泽政', '南泽市', 'Nanze'),
  government('xishu', '990500', '澍政', '西澍市', 'Xishu'),
];
