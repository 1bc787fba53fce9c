import { expect } from 'vitest';
import { openApi } from '../api/client.js';
import { story } from '../application/application.js';
import { importList, permitNo, row, unitOf } from '../import/lists.js';

story(
  'A9: a wave of permits is invited over working days, each officer’s own',
  '2026-03-02 09:00',
  async ({ rig }) => {
    const api = await openApi(rig);
    const officer = await api.account('waves', { role: 'officer', organ: 'yunchuan' });
    // Five years to 2 October 2026: the sixtieth day before it is Monday 3 August.
    const wave = { issuedOn: '2021-10-03', validFrom: '2021-10-03', validTo: '2026-10-02' };
    const elsewhere = { ...wave, city: '北岚市', county: '沙井县', organ: '北岚市生态环境局' };
    const units = [1, 2, 3, 4].map((unit) => unitOf(rig, unit));
    const [first = 0, second = 0, third = 0, fourth = 0] = units;
    await importList(rig, [row(first, wave), row(second, wave), row(third, wave), row(fourth, elsewhere)]);

    const asked = await officer.get('/load-calendar/invitations?from=2026-08-01&to=2026-08-31');
    const invited = (unit: number, day: string) => ({
      day,
      permits: [expect.objectContaining({ permitNo: permitNo(unit), lastDay: '2026-08-03' }) as object],
    });
    // A hundred and twenty days before it is Sunday 5 April, within the Qingming holiday of 4 to 6 April.
    expect(asked.body).toMatchObject({
      perDay: 1,
      items: [invited(first, '2026-04-07'), invited(second, '2026-04-08'), invited(third, '2026-04-09')],
      late: [],
    });
    const soon = await officer.get('/load-calendar/invitations?earliest=300&latest=200');
    expect(soon.body).toMatchObject({ items: [], late: [{}, {}, {}] });
    expect((await officer.get('/load-calendar/invitations?earliest=10&latest=20')).body).toMatchObject({
      ...{ status: 400, where: 'query.latest', found: '20' },
    });
    expect((await officer.get('/load-calendar/invitations?from=2026-08-01&to=2028-08-01')).status).toBe(400);
    const neighbour = await api.account('far', { role: 'officer', organ: 'beilan' });
    const theirs = await neighbour.get('/load-calendar/invitations?from=2026-08-01&to=2026-08-31');
    expect(theirs.body).toMatchObject({ perDay: 1, items: [invited(fourth, '2026-04-07')] });
    await api.close();
  },
);
