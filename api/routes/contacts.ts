import { z } from 'zod';
import { DomainError } from '../../rules/errors.js';
import {
  type ContactRow,
  contactsOf,
  isUnitInScope,
  ofUnit,
  ofUser,
  replaceContacts,
} from '../../db/queries/contacts.js';
import { findAccount } from '../../db/queries/people.js';
import { shortText } from '../../workflows/messages/fields.js';
import type { Context } from '../context.js';
import { type Operation, type Person, scopeFor } from '../policy.js';
import { type Resource, route } from '../route.js';

const contactSchema = z
  .object({
    name: shortText,
    mail: z.email().max(200).nullable().default(null),
    phone: z
      .string()
      .regex(/^[+\d][\d -]{2,30}$/, 'expected a telephone number')
      .nullable()
      .default(null),
  })
  .strict()
  .refine(({ mail, phone }) => mail !== null || phone !== null, 'a contact has a mail address or a telephone')
  .meta({ id: 'Contact' });
const listSchema = z.object({
  items: z.array(contactSchema).min(1).max(20).meta({
    description: 'in the order in which they are tried; who has no mail address is never written to',
  }),
});
const answered = z.object({
  items: z.array(z.object({ name: z.string(), mail: z.string().nullable(), phone: z.string().nullable() })),
});
const params = z.object({ id: shortText });

const view = (rows: readonly ContactRow[]) => ({
  items: rows.map(({ name, mail, phone }) => ({ name, mail, phone })),
});

/** Whose contacts a path names, if they are the person's to keep. Throws `not.found`. */
type OwnerOf = (context: Context, person: Person, id: string) => Promise<string>;

const unitOwner: OwnerOf = async ({ db }, person, id) => {
  if (await isUnitInScope(db, scopeFor(person, 'contact.manage'), id)) return ofUnit(id);
  throw new DomainError('not.found', { what: 'there is no such unit', found: id });
};

const userOwner: OwnerOf = async ({ db }, _person, id) => {
  const account = await findAccount(db, id);
  if (account !== undefined) return ofUser(account.id);
  throw new DomainError('not.found', { what: 'there is no such account', found: id });
};

const kept = (path: string, of: string, access: Operation, ownerOf: OwnerOf) => [
  route({
    method: 'get',
    path,
    summary: `${of}的联系人 / contacts, in the order in which they are tried`,
    access,
    params,
    answers: { 200: { description: 'The contacts', schema: answered } },
    async handle(context, person, { path: { id } }) {
      const owner = await ownerOf(context, person, id);
      return { status: 200, body: view(await contactsOf(context.db, owner)) };
    },
  }),
  route({
    method: 'put',
    path,
    summary: `${of}的联系人 / replace the contacts by these, in this order`,
    access,
    params,
    body: listSchema.strict(),
    answers: { 200: { description: 'The contacts', schema: answered } },
    async handle(context, person, { path: { id }, body }) {
      const owner = await ownerOf(context, person, id);
      const rows = await replaceContacts(context.db, owner, body.items);
      context.logger.info({ person: person.id, owner, contacts: rows.length }, 'contacts replaced');
      return { status: 200, body: view(rows) };
    },
  }),
];

/** Whom notices go to. */
export const contacts: Resource = {
  name: 'contacts',
  description:
    '联系人 / whom notices go to: a unit keeps its own, the desk any of its area, the security administrator those of accounts',
  routes: [
    ...kept('/units/{id}/contacts', '排污单位', 'contact.manage', unitOwner),
    ...kept('/accounts/{id}/contacts', '账号', 'account.manage', userOwner),
  ],
};
