import type { AddressInfo, Socket } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { type MailOptions, mailChannel } from '../../notices/mailChannel.js';

/** A mail as the server took it. */
export interface ReceivedMail {
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A real SMTP server in this process, with the faults that mail servers have. */
export class MailServer {
  /** Everything that was taken, in order, repeats among it. */
  readonly received: ReceivedMail[] = [];
  /** Addresses that are refused for good at RCPT (550). */
  readonly refusing = new Set<string>();
  /** Addresses that are put off at RCPT (451). */
  readonly puttingOff = new Set<string>();
  /** How many messages more are taken and then left without an answer: the connection just ends. */
  drops = 0;
  /** How many messages more are taken and answered, and then the connection just ends, before anybody says goodbye. */
  answeredDrops = 0;
  private server: SMTPServer | undefined;

  private constructor(private port: number) {}

  static async start(): Promise<MailServer> {
    const server = new MailServer(0);
    await server.up();
    return server;
  }

  /** A mail channel that leaves by this server. */
  get channel() {
    return mailChannel(this.options);
  }

  get options(): MailOptions {
    return { url: `smtp://127.0.0.1:${this.port}`, from: '排污许可 <permits@example.gov.test>' };
  }

  /** Listens, on the same port as before. */
  async up(): Promise<void> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onRcptTo: ({ address }, _session, answer) => {
        if (this.refusing.has(address)) answer(failure(550, 'no such mailbox'));
        else if (this.puttingOff.has(address)) answer(failure(451, 'try again later'));
        else answer();
      },
      onData: (stream, session, answer) => {
        void simpleParser(stream).then(
          (mail) => {
            const to = session.envelope.rcptTo.map(({ address }) => address).join(', ');
            this.received.push(receivedOf(mail, to));
            if (this.drops > 0) {
              this.drops -= 1;
              this.latest?.destroy();
            } else if (this.answeredDrops > 0) {
              this.answeredDrops -= 1;
              answer();
              // Not before the answer has left for the network.
              this.latest?.destroySoon();
            } else answer();
          },
          // Its sender died within the message: it was never taken.
          () => undefined,
        );
      },
    });
    server.on('error', () => undefined);
    server.server.on('connection', (socket) => {
      this.latest = socket;
    });
    await new Promise<void>((listening) => server.listen(this.port, '127.0.0.1', listening));
    this.port = (server.server.address() as AddressInfo).port;
    this.server = server;
  }

  /** Nobody listens any more. */
  async down(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    await new Promise<void>((closed) => {
      if (server === undefined) closed();
      else server.close(closed);
    });
  }

  /** The mails that were taken for an address. */
  to(address: string): readonly ReceivedMail[] {
    return this.received.filter((mail) => mail.to === address);
  }

  /** How many different messages were taken. */
  get distinct(): number {
    return new Set(this.received.map((mail) => mail.messageId)).size;
  }

  private latest: Socket | undefined;
}

function failure(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

function receivedOf(mail: ParsedMail, to: string): ReceivedMail {
  return {
    messageId: mail.messageId ?? '',
    to,
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html === false || mail.html === undefined ? '' : mail.html,
  };
}
