import type { Transaction } from '../../db/database.js';
import { together, type Write } from '../../db/together.js';
import type { Later } from '../../db/transaction.js';

const alone = together('commit.ahead');

/** Sends writes ahead of the rest of the step, one after the other: where what follows must see them. */
export function sendAhead(tx: Transaction, later: Later, writes: readonly Write[]): void {
  for (const write of writes) later(alone(tx, [write]));
}
