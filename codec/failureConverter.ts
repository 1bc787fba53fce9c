import { DefaultFailureConverter } from '@temporalio/common';

/** Puts the texts of failures into payloads, so that the codec encrypts them too. Loaded by its path. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
