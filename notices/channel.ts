import type { contacts } from '../db/schema/index.js';
import type { Letter } from './letter.js';

/** Somebody who can be written or called to. */
export type Contact = Pick<typeof contacts.$inferSelect, 'ordinal' | 'name' | 'mail' | 'phone'>;

/** What came of an attempt. */
export type Outcome =
  | { readonly type: 'sent' }
  /** This address will never take it. `reason` names no address. */
  | { readonly type: 'refused'; readonly reason: string }
  /** It may be tried again; `mayHaveArrived` where nobody knows whether this one was taken. */
  | { readonly type: 'failed'; readonly reason: string; readonly mayHaveArrived: boolean };

/** A way to reach people. Mail is one; a bureau that has another, such as short messages, adds it beside mail. */
export interface Channel {
  /** As `notices.channel` names it. */
  readonly name: string;
  /** Where this contact is reached on this channel; null where it is not. */
  addressOf(contact: Contact): string | null;
  /** The id of a message, from its key: the same for every repeat. */
  messageIdOf(key: string): string;
  /** Tries once. Never throws; takes no longer than a minute. */
  send(message: {
    readonly messageId: string;
    readonly address: string;
    readonly letter: Letter;
  }): Promise<Outcome>;
}
