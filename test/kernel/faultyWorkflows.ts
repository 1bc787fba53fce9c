import { condition } from '@temporalio/workflow';

/** Lets an error go that nobody waits for. */
export async function careless(): Promise<void> {
  void letGo();
  await condition(() => false);
}

async function letGo(): Promise<void> {
  await Promise.resolve();
  throw new Error('nobody waits for this');
}

/** Waits, as a case does. */
export async function waiting(): Promise<void> {
  await condition(() => false);
}
