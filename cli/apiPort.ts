import { type AddressInfo, createServer } from 'node:net';
import { DomainError } from '../rules/errors.js';
import type { Configuration } from '../temporal.config.js';

/**
 * The port that the API is to have: the configured one, or a free one where that is 0. Asked before anything is started:
 * another installation on that port would answer for ours. Throws `input.invalid`, naming the variable, when it can not be
 * had.
 */
export function chooseApiPort({ host, port }: Configuration['api']): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const what =
        error.code === 'EADDRINUSE'
          ? `port ${port} for the API is taken by another program; set API_PORT to a free port, or end that program`
          : `port ${port} at ${host} can not be used for the API (${error.code ?? error.message})`;
      reject(new DomainError('input.invalid', { what, where: 'API_PORT' }));
    });
    probe.listen({ host, port, exclusive: true }, () => {
      const chosen = (probe.address() as AddressInfo).port;
      probe.close(() => resolve(chosen));
    });
  });
}
