import type { EventText } from './eventText.js';

const event = (zh: string, en: string): EventText => ({ article: null, zh, en });

/** The provincial sampling. Nothing in it rests on an article: the work plan is no ground of a decision. */
export const samplingEvents = {
  'sampling.opened': event(
    '{year} 年省级抽查启动：首次申请不低于 {first}，重新申请不低于 {reapplication}，按市向上取整。',
    'Sampling of {year} opened: at least {first} of first issuances and {reapplication} of re-issued ones, per city and rounded up.',
  ),
  'sampling.seedCommitted': event(
    '第 {round} 轮：种子已生成并封存，其 SHA-256 为 {seedHash}。',
    'Round {round}: the seed is made and sealed; its SHA-256 is {seedHash}.',
  ),
  'sampling.countsDiffer': event(
    '截至 {asOf} 的核发数与国家平台不一致（机关 类型 本系统/平台）：{differences}。查明前不抽取、不公布。',
    'The counts up to {asOf} are not the platform’s (organ kind ours/platform): {differences}. Nothing is drawn or told before it is cleared up.',
  ),
  'sampling.frozen': event(
    '第 {round} 轮：核发数与平台一致，截至 {asOf} 的总体 {population} 件已冻结，populationHash {populationHash}。',
    'Round {round}: the counts agree with the platform’s; {population} issuances up to {asOf} are frozen, populationHash {populationHash}.',
  ),
  'sampling.drawn': event(
    '第 {round} 轮抽取 {drawn} 件，公开数值：{beacon}。',
    'Round {round}: {drawn} drawn; public value: {beacon}.',
  ),
  'sampling.published': event(
    '第 {round} 轮结果、种子、总体与抽取方法公布：{note}。',
    'Round {round}: result, seed, population and recipe published: {note}.',
  ),
  'sampling.replaced': event(
    '{permitNo} 已终止（{reason}），仍计入总体，由同类同行业顺序下一位 {by} 替换。',
    '{permitNo} has ended ({reason}); it stays in the population, and the next of its class and industry, {by}, takes its place.',
  ),
  'sampling.notReplaced': event(
    '{permitNo} 已终止（{reason}），同类同行业已无可替换者，缺额由下一轮补足。',
    '{permitNo} has ended ({reason}); nobody of its class and industry is left, the next round makes up for it.',
  ),
  'sampling.reviewed': event(
    '已下达的核查 {done} 件全部完成，确认问题 {problems} 个。',
    'All {done} reviews that were opened are done; {problems} problems confirmed.',
  ),
  'sampling.overdue': event('第 {quarter} 季度未按期抽取。', 'Quarter {quarter} was not drawn in time.'),
  'sampling.forecast': event(
    '{year} 年末预测：为在 12 月 31 日前达到比例，尚缺（市 类型 件）：{missing}。',
    'Forecast for {year}: missing to the shares of 31 December (city kind count): {missing}.',
  ),
  'sampling.forecastMet': event(
    '{year} 年末预测：在办件即使全部核发，比例仍达到。',
    'Forecast for {year}: the shares hold even if all that is under way is issued.',
  ),
  'sampling.yearOver': event('{year} 年结束，待核算比例。', '{year} is over; its shares are to be proven.'),
  'sampling.unfrozen': event(
    '当年决定、其后记载的 {left} 件尚未进入总体，先补抽再核算。',
    '{left} issuances decided in the year were recorded since: they are drawn from first.',
  ),
  'sampling.proved': event(
    '{year} 年核发 {population} 件，抽查 {drawn} 件，各市各类型均达到比例。',
    '{year}: {population} issued, {drawn} sampled; every share holds.',
  ),
  'sampling.short': event(
    '{year} 年核发 {population} 件，抽查 {drawn} 件，未达到比例的（市 类型 缺额）：{short}。',
    '{year}: {population} issued, {drawn} sampled; short (city kind count): {short}.',
  ),
} as const satisfies Record<string, EventText>;
