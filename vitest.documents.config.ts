import { defineConfig } from 'vitest/config';

/** `npm run test:documents`: the documents as an office suite shows them. It needs no server, but an office suite. */
export default defineConfig({
  test: { include: ['test/documents/*.office.ts'], testTimeout: 180_000, hookTimeout: 180_000 },
});
