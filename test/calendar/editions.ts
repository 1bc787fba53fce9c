import type { EditionFile } from '../../rules/calendarEdition.js';

/** Test data: nobody has announced 2027 yet. Plausible days, and an invented number. */
export const of2027 = (): EditionFile => ({
  year: 2027,
  document: '测试数据〔2026〕1号',
  holidays: [
    { from: '2027-01-01', to: '2027-01-03', zh: '元旦', en: 'New Year' },
    { from: '2027-02-05', to: '2027-02-12', zh: '春节', en: 'Spring Festival' },
    { from: '2027-04-03', to: '2027-04-05', zh: '清明节', en: 'Tomb-Sweeping Day' },
    { from: '2027-05-01', to: '2027-05-05', zh: '劳动节', en: 'Labour Day' },
    { date: '2027-06-09', zh: '端午节', en: 'Dragon Boat Festival' },
    { date: '2027-09-15', zh: '中秋节', en: 'Mid-Autumn Festival' },
    { from: '2027-10-01', to: '2027-10-07', zh: '国庆节', en: 'National Day' },
  ],
  workdays: [
    { date: '2027-02-14', zh: '春节', en: 'Spring Festival' },
    { date: '2027-02-20', zh: '春节', en: 'Spring Festival' },
    { date: '2027-04-25', zh: '劳动节', en: 'Labour Day' },
    { date: '2027-05-08', zh: '劳动节', en: 'Labour Day' },
    { date: '2027-09-26', zh: '国庆节', en: 'National Day' },
    { date: '2027-10-09', zh: '国庆节', en: 'National Day' },
  ],
});

/** Test data: 2026 as it was announced, with one more Saturday worked, 7 March, and one more day off, Friday, 24 April. */
export const changed2026 = (): EditionFile => ({
  year: 2026,
  document: '测试数据〔2026〕2号',
  holidays: [
    { from: '2026-01-01', to: '2026-01-03', zh: '元旦', en: 'New Year' },
    { from: '2026-02-15', to: '2026-02-23', zh: '春节', en: 'Spring Festival' },
    { from: '2026-04-04', to: '2026-04-06', zh: '清明节', en: 'Tomb-Sweeping Day' },
    { date: '2026-04-24', zh: '临时放假', en: 'a day off' },
    { from: '2026-05-01', to: '2026-05-05', zh: '劳动节', en: 'Labour Day' },
    { from: '2026-06-19', to: '2026-06-21', zh: '端午节', en: 'Dragon Boat Festival' },
    { from: '2026-09-25', to: '2026-09-27', zh: '中秋节', en: 'Mid-Autumn Festival' },
    { from: '2026-10-01', to: '2026-10-07', zh: '国庆节', en: 'National Day' },
  ],
  workdays: [
    { date: '2026-01-04', zh: '元旦', en: 'New Year' },
    { date: '2026-02-14', zh: '春节', en: 'Spring Festival' },
    { date: '2026-02-28', zh: '春节', en: 'Spring Festival' },
    { date: '2026-03-07', zh: '临时上班', en: 'a day worked' },
    { date: '2026-05-09', zh: '劳动节', en: 'Labour Day' },
    { date: '2026-09-20', zh: '国庆节', en: 'National Day' },
    { date: '2026-10-10', zh: '国庆节', en: 'National Day' },
  ],
});
