import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { rebaseSchema } from '../../tools/cli/reporters/rebase-schema.ts';
import { specDiffSchema } from '../../tools/cli/reporters/spec-diff-schema.ts';
import { configSchema } from '../../tools/config/parse.ts';
import { scenarioSchema } from '../../tools/engine/scenario.ts';

const folder = join(import.meta.dirname, '..', '..', 'schemas');

// Derived: after a change, `npm test -- test/e2e/schemas.test.ts -u` writes them again.
it.each([
  ['gov.config.schema.json', configSchema, 'gov.config.yaml'],
  ['scenario.schema.json', scenarioSchema, 'a scenario for gov session run'],
  ['spec-diff.schema.json', specDiffSchema, 'what gov spec diff --json prints'],
  ['spec-rebase.schema.json', rebaseSchema, 'what gov spec rebase --json prints'],
] as const)('schemas/%s says what is read or printed', async (file, schema, title) => {
  const derived = { title, ...z.toJSONSchema(schema, { io: 'input' }) };
  await expect(`${JSON.stringify(derived, null, 2)}\n`).toMatchFileSnapshot(join(folder, file));
});
