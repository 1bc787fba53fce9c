import { expect } from 'vitest';
import { loadCalendar } from '../../db/queries/load.js';
import { parseDate } from '../../rules/date.js';
import { Application, story } from '../application/application.js';
import { issuePermit } from '../rig/permits.js';

const everything = { everything: true, organs: [], areas: [], units: [] };
const days = { from: parseDate('2026-03-02'), to: parseDate('2031-03-02') };

story(
  'A9: the load calendar counts, per day, organ and city, permits that expire and clocks that are due',
  '2026-03-02 09:00',
  async ({ rig, unitId }) => {
    // Its last day is 1 March 2031, and the last to ask for its renewal sixty days before that.
    await issuePermit(rig, 'valid', '2026-03-02');
    await Application.accepted(rig, unitId);
    const city = { organ: 'yunchuan', city: '990100' };
    const lines = await loadCalendar(rig.db, everything, days);
    expect(lines).toEqual([
      { day: '2026-03-16', ...city, permits: 0, clocks: 6 },
      { day: '2026-04-14', ...city, permits: 0, clocks: 1 },
      { day: '2030-12-31', ...city, permits: 0, clocks: 1 },
      { day: '2031-03-01', ...city, permits: 1, clocks: 0 },
    ]);
    const ofDay = await loadCalendar(rig.db, everything, {
      from: lines[0]?.day ?? days.from,
      to: parseDate('2026-03-16'),
    });
    expect(ofDay).toHaveLength(1);
    expect(await loadCalendar(rig.db, everything, { ...days, organ: 'zone' })).toEqual([]);
    expect(await loadCalendar(rig.db, everything, { ...days, area: '9901' })).toEqual(lines);
    expect(await loadCalendar(rig.db, everything, { ...days, area: '9902' })).toEqual([]);
    const elsewhere = { everything: false, organs: ['lanjiang.approval'], areas: ['9902'], units: [] };
    expect(await loadCalendar(rig.db, elsewhere, days)).toEqual([]);
    const here = { everything: false, organs: ['yunchuan'], areas: ['9901'], units: [] };
    expect(await loadCalendar(rig.db, here, days)).toEqual(lines);
  },
);
