import { describe, expect, it } from 'vitest';
import type { ReportAnswer } from '../../../tools/cli/schemas/report.ts';
import { reportGovernanceSchema } from '../../../tools/cli/schemas/report-governance.ts';
import type { PageData } from '../../../tools/report/index.ts';
import { activatedFiles } from '../../gate/demo.ts';
import { dataOf } from '../../report/governance/input.ts';

/** It compiles as long as all that the page is given is what the schema says. */
const answer = (page: Omit<PageData, 'trace'>): Omit<ReportAnswer, 'trace'> => page;

describe('the schema of gov report --json', () => {
  it('knows every field of the governance side, and no other', async () => {
    const governance = await dataOf(activatedFiles());
    expect(reportGovernanceSchema.parse(governance)).toEqual(governance);
    expect(reportGovernanceSchema.safeParse({ ...governance, more: 1 }).success).toBe(false);
  });

  it('takes the page as it is', async () => {
    const page = {
      schema: 'govkit.report@1' as const,
      version: '0',
      repository: 'demo',
      spec: null,
      governance: await dataOf(activatedFiles()),
      sessions: null,
      link: null,
    };
    expect(answer(page)).toBe(page);
  });
});
