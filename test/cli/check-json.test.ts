import { describe, expect, it } from 'vitest';
import { judge } from '../../tools/checks/index.ts';
import type { Looked } from '../../tools/cli/check/look.ts';
import type { Policy } from '../../tools/cli/check/policy.ts';
import { checkReport } from '../../tools/cli/reporters/check-json.ts';
import { findingsSchema } from '../../tools/cli/schemas/findings.ts';
import { memorySnapshot } from '../artifacts/memory.ts';
import { readTreeFixtures } from '../checks/across-fixture.ts';
import { baseFiles } from '../checks/base.ts';

const report = async (files: Record<string, string>) => {
  const judged = await judge(memorySnapshot(files), { root: '/tree' });
  const looked: Looked = {
    findings: [],
    all: [],
    baselined: 0,
    unneeded: 0,
    files: Object.keys(files),
    judged,
  } as unknown as Looked;
  const policy = {
    overruled: [],
    baseline: { path: '.GOV/baseline.json' },
    config: { check: { rules: {} } },
  } as unknown as Policy;
  return checkReport('/tree', { looked, policy, scope: { kind: 'worktree' } });
};

describe('gov check --json', () => {
  it('counts the documents of every kind', async () => {
    const { files } = readTreeFixtures().find(({ name }) => name === 'validator-gates')!;
    const { stats } = await report({
      ...baseFiles(),
      ...files,
      '.GOV/refinements/WP-1-Demo-v1.md': '### METADATA\n',
      '.GOV/roles_shared/SIGNATURE_AUDIT.md': '# Audit\n',
      '.GOV/roles_shared/SPEC_CURRENT.md': '# SPEC_CURRENT\n',
      '.GOV/roles/orchestrator/ORCHESTRATOR_GATES.json': '{"gate_logs":[]}',
      '.GOV/ROLE_MAILBOX/index.json': '{}',
      '.GOV/ROLE_MAILBOX/export_manifest.json': '{}',
      '.GOV/roles.yaml': 'roles: {}\n',
    });
    expect(stats).toEqual({
      files: 30,
      artifacts: {
        stub: 1,
        stub_metadata: 1,
        stub_identity: 0,
        packet: 10,
        refinement: 1,
        board: 1,
        registry: 1,
        audit: 1,
        gates: 1,
        validator_gates: 10,
        governance_snapshot: 0,
        mailbox: 1,
        pointer: 1,
        roles: 1,
        ledger: 0,
      },
    });
  });

  it('says 0 of what is not there, and keeps to its schema', async () => {
    const { stats } = findingsSchema.parse(await report({}));
    expect(new Set(Object.values(stats.artifacts as Record<string, number>))).toEqual(new Set([0]));
  });
});
