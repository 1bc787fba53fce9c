import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    // Two cores carry the servers, the worker and the tests: more than two files at once only wait for each other.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 240_000,
    globalSetup: ['test/rig/globalSetup.ts'],
  },
});
