import { addDays, type CalendarDate, daysBetween } from './date.js';

/** How far a campaign has come, and on which days nothing was opened in it. */
export interface Progress {
  readonly listed: number;
  readonly done: number;
  readonly startedOn: CalendarDate;
  readonly pauses: readonly { readonly from: CalendarDate; readonly to: CalendarDate | null }[];
}

/**
 * The day on which a campaign will be done if it goes on at the rate that was seen so far, the days of its pauses left out.
 * Null while nothing is done, while it is paused, and when nothing is left.
 */
export function forecastOf(
  { listed, done, startedOn, pauses }: Progress,
  on: CalendarDate,
): CalendarDate | null {
  if (done === 0 || done >= listed || pauses.some(({ to }) => to === null)) return null;
  const paused = pauses.reduce((days, { from, to }) => days + (to === null ? 0 : daysBetween(from, to)), 0);
  // A campaign that began today has worked for a day.
  const worked = Math.max(1, daysBetween(startedOn, on) - paused);
  return addDays(on, Math.ceil(((listed - done) * worked) / done));
}
