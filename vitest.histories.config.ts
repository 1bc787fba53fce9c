import { defineConfig } from 'vitest/config';
import tests from './vitest.config.js';

/** `npx vitest run --config vitest.histories.config.ts [FILE]`: records the corpus of histories anew, all of it or a file's. */
export default defineConfig({ test: { ...tests.test, include: ['test/histories/record/*.record.ts'] } });
