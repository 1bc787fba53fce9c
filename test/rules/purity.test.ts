import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';

const folder = new URL('../../rules/', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);

/** The three that read or check data at the edge; nothing that decides imports them. */
const mayUsePackages = ['calendarYears.ts', 'calendarEdition.ts', 'packSchema.ts', 'checks/classOfHolder.ts'];

test.each(files)('rules/%s is data and pure functions: no package, no clock, no chance', (name) => {
  const source = readFileSync(new URL(name, folder), 'utf8');
  // What a permit's content looks like is data too; it is zod's to say, and everybody else's to read as types.
  const isContent = name.startsWith('content/');
  const typesLeftOut = source.replaceAll(/import type [^;]*\/content\/[^;]*;/g, '');
  const imported = [...typesLeftOut.matchAll(/(?:from\s*|import\s*\(?\s*)'([^']+)'/g)].map(
    (match) => match[1] ?? '',
  );
  const foreign = imported.filter((path) => !path.startsWith('.'));
  if (!mayUsePackages.includes(name)) {
    expect(foreign).toEqual(isContent ? foreign.filter((path) => path === 'zod') : []);
    expect(imported.filter((path) => path.includes('/content/') && !isContent)).toEqual([]);
    expect(
      imported.filter((path) => mayUsePackages.some((edge) => path.endsWith(edge.replace('.ts', '.js')))),
    ).toEqual([]);
  }
  expect(source).not.toMatch(/Date\.now|new Date\(\)|Math\.random|\bIntl\b|toLocale|process\.|crypto/);
});
