import { createServer, connect, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../rehearsal/world.js';
import { Office, submission } from '../../rehearsal/office.js';
import * as people from '../../rehearsal/people.js';
import { addUnit, openRig, type Rig } from '../rig/rig.js';

/** An hour by `OUTAGE_SECONDS=3600`; the suite takes a piece of it, long enough to see that nothing grows. */
const outageSeconds = Number(process.env['OUTAGE_SECONDS'] ?? 25);

/** The network cable between the worker and its database. */
function cable(port: number) {
  const sockets = new Set<Socket>();
  let cut = false;
  const server = createServer((from) => {
    if (cut) {
      from.destroy();
      return;
    }
    const to = connect(port, '127.0.0.1');
    for (const socket of [from, to]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        from.destroy();
        to.destroy();
      });
    }
    from.pipe(to);
    to.pipe(from);
  });
  return {
    listen: () =>
      new Promise<number>((resolve) => {
        server.listen(0, '127.0.0.1', () => {
          resolve((server.address() as AddressInfo).port);
        });
      }),
    cut: () => {
      cut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend: () => {
      cut = false;
    },
    close: () => server.close(),
  };
}

let rig: Rig;
let wire: ReturnType<typeof cable>;
beforeAll(async () => {
  rig = await openRig('2026-03-02T09:00:00+08:00');
  const url = new URL(rig.databaseUrl);
  wire = cable(Number(url.port));
  url.port = String(await wire.listen());
  await rig.stopWorker();
  await rig.startWorker(url.href);
});
afterAll(async () => {
  await rig.close();
  wire.close();
});

test(
  'a database that is away: the step falls to an ordinary activity, waits with a bounded history, and commits once',
  async () => {
    const unit = await addUnit(rig, 'outage');
    const caseId = await rig.nextApplication();
    const office = new Office(rig, caseId);
    await rig.ask(people.applicantOf(unit.id), 'application.submit', caseId, submission(unit.id));
    const length = async () => (await rig.client.workflow.getHandle(caseId).describe()).historyLength;

    wire.cut();
    // The caller gives up waiting; what it asked for is written down and will be answered.
    const gaveUp = office.accept().then(
      () => false,
      () => true,
    );
    await new Promise((resolve) => setTimeout(resolve, 12_000));
    const early = await length();
    await new Promise((resolve) => setTimeout(resolve, Math.max(outageSeconds - 12, 1) * 1000));
    const late = await length();
    expect(await office.story()).not.toContain('application.accepted');
    wire.mend();

    expect(await gaveUp).toBe(true);
    await until(
      async () => ((await office.story()).includes('application.accepted') ? null : 'waiting'),
      'the step',
      90_000,
    );
    expect(late).toBe(early);
    await until(async () => ((await length()) > late ? null : 'no events yet'), 'the step in the history');
    const after = await length();
    process.stderr.write(
      `history ${early} events after 12 s, ${late} after ${outageSeconds} s, ${after} once committed`,
    );
    expect(after - early).toBeLessThanOrEqual(12);
    expect((await office.story()).filter((event) => event === 'application.accepted')).toHaveLength(1);
  },
  (outageSeconds + 120) * 1000,
);
