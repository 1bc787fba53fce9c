import { createHash } from 'node:crypto';
import { createTransport } from 'nodemailer';
import type { Channel, Outcome } from './channel.js';
import { htmlOf } from './letter.js';

/** A mail server, and whom our mails come from. */
export interface MailOptions {
  /** `smtp://` or `smtps://`, with user and password where needed. */
  readonly url: string;
  /** An address, or a name with one: `排污许可 <permits@example.gov.cn>`. */
  readonly from: string;
}

/** What nodemailer tells of a failure. */
interface Failure {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly syscall?: string;
}

/** Each wait of one attempt in milliseconds; together less than the lease of a message. */
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };
const longestAttempt = 60_000;

/** Mail over any SMTP server. */
export function mailChannel({ url, from }: MailOptions): Channel {
  const transport = createTransport({ url, ...patience, disableFileAccess: true, disableUrlAccess: true });
  const domain = /@([^\s>]+)/.exec(from)?.[1] ?? 'localhost';
  return {
    name: 'mail',
    addressOf: ({ mail }) => mail,
    messageIdOf: (key) => `<${createHash('sha256').update(key).digest('hex').slice(0, 40)}@${domain}>`,
    async send({ messageId, address, letter }) {
      const { subject, body: text } = letter;
      const sending = transport
        .sendMail({
          ...{ from, to: { name: '', address }, messageId, subject, text, html: htmlOf(letter) },
          // No answering machine answers it, and none is answered.
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
        .then((): Outcome => ({ type: 'sent' }), outcomeOf);
      return await Promise.race([sending, givenUp()]);
    },
  };
}

async function givenUp(): Promise<Outcome> {
  await new Promise((resolve) => setTimeout(resolve, longestAttempt).unref());
  return { type: 'failed', reason: 'smtp timeout', mayHaveArrived: true };
}

/** Answers of the server that are about us, not about the recipient: who signs in, who sends. */
const aboutUs = [530, 534, 535, 538];

function outcomeOf(error: unknown): Outcome {
  const { code, command, responseCode, syscall } = error as Failure;
  const reason = `smtp ${responseCode ?? code ?? 'unknown'}`;
  if (responseCode !== undefined) {
    const ofRecipient = (command === 'RCPT TO' || command === 'DATA') && !aboutUs.includes(responseCode);
    if (ofRecipient && responseCode >= 500) return { type: 'refused', reason };
    return { type: 'failed', reason, mayHaveArrived: false };
  }
  // An address that no mail can be sent to, whatever the server.
  if (code === 'EENVELOPE') return { type: 'refused', reason };
  const neverConnected = syscall === 'connect' || code === 'EDNS' || code === 'EAUTH' || code === 'ETLS';
  return { type: 'failed', reason, mayHaveArrived: !neverConnected };
}
