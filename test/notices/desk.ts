import { eq } from 'drizzle-orm';
import { ofUser } from '../../db/queries/contacts.js';
import { contacts, grants, notices, outbox } from '../../db/schema/index.js';
import { drain } from '../../notices/outbox.js';
import type { Rig } from '../rig/rig.js';

/** Gives a person of the bureau a role, and an address unless told otherwise: `<id>@bureau.test`. */
export async function employ(
  rig: Rig,
  id: string,
  role: string,
  { organ = 'yunchuan', mail = true }: { readonly organ?: string; readonly mail?: boolean } = {},
): Promise<void> {
  await rig.db.insert(grants).values({ userId: id, role, organ });
  if (!mail) return;
  await rig.db
    .insert(contacts)
    .values({ owner: ofUser(id), ordinal: 1, name: id, mail: `${id}@bureau.test`, phone: null });
}

/** The waits between attempts are over. (They are the wall clock's, which no world can skip.) */
export async function waitsAreOver(rig: Rig): Promise<void> {
  await rig.db.update(outbox).set({ leasedUntil: null }).where(eq(outbox.status, 'open'));
  await drain(rig.notices);
}

/** What has become of a case's notices, in the order of their queueing: `renewal.remind sent`. */
export async function fates(rig: Rig, caseId: string): Promise<readonly string[]> {
  const rows = await rig.db
    .select()
    .from(notices)
    .where(eq(notices.caseId, caseId))
    .orderBy(notices.queuedAt, notices.id);
  return rows.map(({ template, status, late, reason }) =>
    [template, status, ...(reason === null ? [] : [reason]), ...(late ? ['late'] : [])].join(' '),
  );
}
