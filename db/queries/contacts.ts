import { and, eq, type SQL } from 'drizzle-orm';
import type { Database, Transaction } from '../database.js';
import { contacts, units } from '../schema/index.js';
import { type Scope, unitInScope } from './scope.js';

/** A contact: somebody who is written to or called. */
export type ContactRow = typeof contacts.$inferSelect;

/** What is kept of a contact; its place in the list is its order. */
export type NewContact = Pick<ContactRow, 'name' | 'mail' | 'phone'>;

/** Whose contacts they are. */
export const ofUnit = (unitId: string): string => `unit:${unitId}`;
export const ofUser = (userId: string): string => `user:${userId}`;

/**
 * An owner's contacts in order. Until a unit keeps a list, it has the one contact that it was written down with: a mail
 * address, or else taken for a telephone number. An empty one, as an import leaves it, is none.
 */
export async function contactsOf(db: Database | Transaction, owner: string): Promise<readonly ContactRow[]> {
  const kept = await db.select().from(contacts).where(eq(contacts.owner, owner)).orderBy(contacts.ordinal);
  if (kept.length > 0 || !owner.startsWith('unit:')) return kept;
  const [unit] = await db
    .select({ name: units.name, contact: units.contact })
    .from(units)
    .where(eq(units.id, owner.slice('unit:'.length)));
  if (unit === undefined || unit.contact === '') return [];
  const { name, contact } = unit;
  const isMail = /^\S+@\S+$/.test(contact);
  return [{ owner, ordinal: 1, name, mail: isMail ? contact : null, phone: isMail ? null : contact }];
}

/** Replaces an owner's contacts by these, in this order. */
export async function replaceContacts(
  db: Database,
  owner: string,
  list: readonly NewContact[],
): Promise<readonly ContactRow[]> {
  await db.transaction(async (tx) => {
    await tx.delete(contacts).where(eq(contacts.owner, owner));
    if (list.length === 0) return;
    await tx
      .insert(contacts)
      .values(list.map((contact, index) => ({ ...contact, owner, ordinal: index + 1 })));
  });
  return await contactsOf(db, owner);
}

/** Whether a unit lies within the scope: it is the person's own, or in the area of an organ of his. */
export async function isUnitInScope(db: Database, scope: Scope, unitId: string): Promise<boolean> {
  const condition: SQL | undefined = and(eq(units.id, unitId), unitInScope(scope));
  return (await db.select({ id: units.id }).from(units).where(condition)).length > 0;
}
