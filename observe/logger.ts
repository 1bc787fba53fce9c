import { type DestinationStream, type Logger, pino } from 'pino';
import { callInLog } from './origin.js';

/** JSON lines on standard output, or where told; what is written on behalf of an HTTP call names the call and its trace. */
export const createLogger = (level: string, destination?: DestinationStream): Logger =>
  pino({ level, mixin: callInLog }, destination);
