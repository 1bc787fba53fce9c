import type { ExecutionReport } from '../../content/report.js';
import { samePollutant } from '../reference/pollutants.js';

/** What the permit says of a pollutant at an outlet; undefined when it has no such limit. */
export const limitOf = (report: ExecutionReport, outlet: string, pollutant: string) =>
  report.permit.limits.find((limit) => limit.outlet === outlet && samePollutant(limit.pollutant, pollutant));
