import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import { aesGcmCodec } from './aesGcmCodec.js';
import type { Keyring } from './keyring.js';

/** Where the built failure converter lies: the SDK loads it by path, also when this file runs unbuilt. */
const failureConverterPath = fileURLToPath(
  import.meta.url.endsWith('.ts')
    ? new URL('../dist/codec/failureConverter.js', import.meta.url)
    : new URL('./failureConverter.js', import.meta.url),
);

/** How everything that talks to Temporal reads and writes payloads. */
export function dataConverterOf(keyring: Keyring): DataConverter {
  return { payloadCodecs: [aesGcmCodec(keyring)], failureConverterPath };
}
