import { type Connection, isGrpcServiceError } from '@temporalio/client';
import type { SearchAttributeType } from '@temporalio/common';
import { msToTs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import { proveUsable } from './namespaceProof.js';
import { messageOf, StackError } from './stackError.js';

/** A search attribute, as `defineSearchAttributeKey` of the SDK makes it. */
export interface SearchAttribute {
  name: string;
  type: SearchAttributeType;
}

export interface NamespaceOptions {
  namespace: string;
  /** How long Temporal keeps the history of a closed workflow. Only set when the namespace is made. */
  retentionDays: number;
  searchAttributes: readonly SearchAttribute[];
  /** Ends the waiting when it aborts. */
  signal?: AbortSignal;
}

const notFound = 5;
const alreadyExists = 6;

/**
 * Makes sure that the namespace and its search attributes exist and are usable: that workflows can be started,
 * worked on and listed by them. A server that has just registered something forgets it for some seconds yet, in
 * each of its services for itself.
 * @throws StackError when something is missing and may not be made, or an attribute has another type.
 */
export async function prepareNamespace(connection: Connection, options: NamespaceOptions): Promise<void> {
  await registerNamespace(connection, options);
  await registerSearchAttributes(connection, options);
  await proveUsable(connection, options);
}

async function registerNamespace(
  connection: Connection,
  { namespace, retentionDays }: NamespaceOptions,
): Promise<void> {
  const service = connection.workflowService;
  try {
    await service.describeNamespace({ namespace });
    return;
  } catch (error) {
    if (!hasCode(error, notFound)) {
      throw new StackError(
        `The Temporal server does not tell about namespace ${namespace}: ${messageOf(error)}`,
      );
    }
  }
  try {
    await service.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: msToTs(retentionDays * 24 * 60 * 60 * 1000),
    });
  } catch (error) {
    if (hasCode(error, alreadyExists)) return; // another start was quicker
    throw new StackError(
      `Namespace ${namespace} does not exist and could not be made (${messageOf(error)}). ` +
        `Let the server's administrator make it, with a retention of ${retentionDays} days.`,
    );
  }
}

async function registerSearchAttributes(
  connection: Connection,
  { namespace, searchAttributes, signal }: NamespaceOptions,
): Promise<void> {
  const { IndexedValueType } = proto.temporal.api.enums.v1;
  const wanted = Object.fromEntries(
    searchAttributes.map(({ name, type }) => [name, IndexedValueType[`INDEXED_VALUE_TYPE_${type}`]]),
  );
  const existing = await retried(signal, () =>
    connection.operatorService.listSearchAttributes({ namespace }),
  );
  const missing: typeof wanted = {};
  for (const [name, type] of Object.entries(wanted)) {
    const found = existing.customAttributes[name];
    if (found === undefined) missing[name] = type;
    else if (found !== type) {
      throw new StackError(
        `Search attribute ${name} of namespace ${namespace} exists with another type ` +
          `(${IndexedValueType[found]}). Use another namespace, or rename it there.`,
      );
    }
  }
  if (Object.keys(missing).length === 0) return;
  try {
    await retried(signal, () =>
      connection.operatorService.addSearchAttributes({ namespace, searchAttributes: missing }),
    );
  } catch (error) {
    throw new StackError(
      `Namespace ${namespace} lacks the search attributes ${Object.keys(missing).join(', ')}, and they could not ` +
        `be made (${messageOf(error)}). Let the server's administrator make them.`,
    );
  }
}

/** Repeats what fails because the namespace, just registered, is not known everywhere yet. */
async function retried<T>(signal: AbortSignal | undefined, call: () => Promise<T>): Promise<T> {
  const limit = Date.now() + 20_000;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!hasCode(error, notFound) || signal?.aborted || Date.now() > limit) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function hasCode(error: unknown, code: number): boolean {
  if (!isGrpcServiceError(error)) return false;
  const found: number = error.code;
  return found === code;
}
