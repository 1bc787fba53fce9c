import type { Division, Organ, Responsibility } from '../../pack.js';
import { byStatute, oneOrgan } from './organs.js';

/** The divisions of the fictional region: five cities with their counties, and the zone that counts on its own. */
export const divisions: readonly Division[] = [
  { code: '990000', zh: '示范自治区', en: 'Demonstration Autonomous Region' },
  { code: '990100', zh: '云川市', en: 'Yunchuan' },
  { code: '990121', zh: '青禾县', en: 'Qinghe' },
  { code: '990122', zh: '石桥县', en: 'Shiqiao' },
  { code: '990171', zh: '金滩经济技术开发区', en: 'Jintan Development Zone' },
  { code: '990200', zh: '澜江市', en: 'Lanjiang' },
  { code: '990221', zh: '松溪县', en: 'Songxi' },
  { code: '990222', zh: '柳湾县', en: 'Liuwan' },
  { code: '990300', zh: '北岚市', en: 'Beilan' },
  { code: '990321', zh: '沙井县', en: 'Shajing' },
  { code: '990322', zh: '红柳县', en: 'Hongliu' },
  { code: '990400', zh: '南泽市', en: 'Nanze' },
  { code: '990421', zh: '白渡县', en: 'Baidu' },
  { code: '990422', zh: '茶坪县', en: 'Chaping' },
  { code: '990500', zh: '西澍市', en: 'Xishu' },
  { code: '990521', zh: '古台县', en: 'Gutai' },
  { code: '990522', zh: '银山县', en: 'Yinshan' },
];

const ecologyBureau = (id: string, area: string, short: string, zh: string, en: string): Organ => ({
  ...{ id, zh: `${zh}生态环境局`, en: `${en} Ecology and Environment Bureau`, short, area },
  ...{ kind: 'ecologyBureau', superior: 'province', actsFor: null, basis: byStatute },
});

/** The cities whose ecology bureau does everything, in its counties too. */
export const otherCities: {
  readonly organs: readonly Organ[];
  readonly responsibilities: readonly Responsibility[];
} = {
  organs: [
    ecologyBureau('beilan', '990300', '岚', '北岚市', 'Beilan'),
    ecologyBureau('nanze', '990400', '泽', '南泽市', 'Nanze'),
    ecologyBureau('xishu', '990500', '澍', '西澍市', 'Xishu'),
  ],
  responsibilities: [
    ...['990300', '990321', '990322'].map((area) => oneOrgan(area, 'beilan')),
    ...['990400', '990421', '990422'].map((area) => oneOrgan(area, 'nanze')),
    ...['990500', '990521', '990522'].map((area) => oneOrgan(area, 'xishu')),
  ],
};
