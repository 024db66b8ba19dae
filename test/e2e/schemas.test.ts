import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { anchorsSchema } from '../../tools/cli/schemas/anchors.ts';
import { findingsSchema } from '../../tools/cli/schemas/findings.ts';
import { ruleSchema, rulesSchema } from '../../tools/cli/schemas/rule.ts';
import { sectionSchema, sectionsSchema } from '../../tools/cli/schemas/section.ts';
import { specDiffSchema } from '../../tools/cli/schemas/spec-diff.ts';
import { specRebaseSchema } from '../../tools/cli/schemas/spec-rebase.ts';
import { specRepairSchema } from '../../tools/cli/schemas/spec-repair.ts';
import { configSchema } from '../../tools/config/schema.ts';
import { scenarioSchema } from '../../tools/engine/scenario.ts';

const folder = join(import.meta.dirname, '..', '..', 'schemas');

// Derived: after a change, `npm test -- test/e2e/schemas.test.ts -u` writes them again.
it.each([
  ['gov.config.schema.json', configSchema, 'gov.config.yaml'],
  ['findings.schema.json', findingsSchema, 'govkit.findings@1'],
  ['scenario.schema.json', scenarioSchema, 'a scenario for gov session run'],
  ['spec-diff.schema.json', specDiffSchema, 'govkit.spec-diff@1'],
  ['anchors.schema.json', anchorsSchema, 'govkit.anchors@1'],
  ['rule.schema.json', ruleSchema, 'govkit.rule@1'],
  ['rules.schema.json', rulesSchema, 'govkit.rules@1'],
  ['section.schema.json', sectionSchema, 'govkit.section@1'],
  ['sections.schema.json', sectionsSchema, 'govkit.sections@1'],
  ['spec-rebase.schema.json', specRebaseSchema, 'govkit.spec-rebase@1'],
  ['spec-repair.schema.json', specRepairSchema, 'govkit.spec-repair@1'],
] as const)('schemas/%s is derived from its source', async (file, schema, title) => {
  const derived = { title, ...z.toJSONSchema(schema, { io: 'input' }) };
  await expect(`${JSON.stringify(derived, null, 2)}\n`).toMatchFileSnapshot(join(folder, file));
});
