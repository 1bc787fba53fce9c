import { z } from 'zod';
import type { Act, Finding } from '../rules/checks/run.js';

const words = z.object({ zh: z.string(), en: z.string() });

/** What the automatic checks found in a content. It accuses nobody: what is a suspicion says so, and a person decides. */
export const findingsSchema = z
  .object({
    checkedOn: z.string(),
    readable: z
      .boolean()
      .meta({ description: 'whether the content is structured, so that rules can read it' }),
    findings: z.array(
      z.object({
        ...{
          rule: z.string(),
          severity: z.int(),
          test: z.string(),
          category: z.looseObject({}),
          at: z.string(),
        },
        ...{ expected: words, found: words, condition: words, basis: words, remedy: z.string() },
        ...{ suspicion: z.boolean(), caution: words.nullable() },
      }),
    ),
    acts: z
      .array(
        z.object({
          ...{ act: z.string(), severity: z.int(), remedy: z.string(), suspicion: z.boolean() },
          rules: z.array(z.string()),
        }),
      )
      .meta({ description: 'findings about one act are merged before anything is proposed' }),
  })
  .meta({ id: 'Findings' });

/** Findings as they are shown. */
export const findingsView = (checked: {
  readonly checkedOn: string;
  readonly readable: boolean;
  readonly findings: readonly Finding[];
  readonly acts: readonly Act[];
}) => ({
  ...{ checkedOn: checked.checkedOn, readable: checked.readable },
  findings: checked.findings.map(
    ({
      rule,
      severity,
      test,
      category,
      at,
      expected,
      found,
      condition,
      basis,
      remedy,
      suspicion,
      caution,
    }) => ({
      ...{
        rule,
        severity,
        test,
        category,
        at,
        expected,
        found,
        condition,
        basis,
        remedy,
        suspicion,
        caution,
      },
    }),
  ),
  acts: checked.acts,
});
