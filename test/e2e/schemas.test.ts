import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { specRepairSchema } from '../../tools/cli/reports/spec-repair.ts';
import { configSchema } from '../../tools/config/parse.ts';
import { scenarioSchema } from '../../tools/engine/scenario.ts';

const folder = join(import.meta.dirname, '..', '..', 'schemas');

// Derived: after a change, `npm test -- test/e2e/schemas.test.ts -u` writes them again.
it.each([
  ['gov.config.schema.json', configSchema, 'gov.config.yaml'],
  ['scenario.schema.json', scenarioSchema, 'a scenario for gov session run'],
  ['spec-repair.schema.json', specRepairSchema, 'gov spec repair --json'],
] as const)('schemas/%s is what the reader accepts', async (file, schema, title) => {
  const derived = { title, ...z.toJSONSchema(schema, { io: 'input' }) };
  await expect(`${JSON.stringify(derived, null, 2)}\n`).toMatchFileSnapshot(join(folder, file));
});
