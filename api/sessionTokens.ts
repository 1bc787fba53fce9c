import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { fromNodeHeaders } from 'better-auth/node';
import type { Auth } from './auth.js';

/** Headers whose token is remembered: those of everybody who is signed in at a province's office. */
const mostKnown = 10_000;

/**
 * The token of the session that a call's headers carry. The sign-in library checks its signature, which never changes, once a
 * process: it costs more than all the rest of a read. Whether the session still stands is not remembered here: `authenticate`
 * asks the database at every call.
 */
export class SessionTokens {
  /** By the hash of the headers, so that nobody fills the memory with long ones. */
  private readonly known = new Map<string, string>();

  constructor(private readonly auth: Auth) {}

  /** Undefined where there is none, or not a session of ours. */
  async of(headers: IncomingHttpHeaders): Promise<string | undefined> {
    const sent = JSON.stringify([headers.authorization, headers.cookie]);
    const hash = createHash('sha256').update(sent).digest('base64');
    const known = this.known.get(hash);
    if (known !== undefined) return known;
    const found = await this.auth.api.getSession({ headers: fromNodeHeaders(headers) });
    if (found === null) return undefined;
    const [oldest] = this.known.keys();
    if (oldest !== undefined && this.known.size >= mostKnown) this.known.delete(oldest);
    this.known.set(hash, found.session.token);
    return found.session.token;
  }
}
