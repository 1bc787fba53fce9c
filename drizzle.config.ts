import { defineConfig } from 'drizzle-kit';

/** Migrations are generated from the schema (`npx drizzle-kit generate`), read, and never edited after they land. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './db/schema/index.ts',
  out: './db/migrations',
});
