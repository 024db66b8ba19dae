import { expect, it } from 'vitest';
import { readTree } from '../../tools/artifacts/index.ts';
import { loadConfig } from '../../tools/config/index.ts';
import { worktreeSnapshot } from '../../tools/snapshot/index.ts';
import { loadSpec } from '../../tools/spec/index.ts';
import { traceOf } from '../../tools/trace/index.ts';
import { corpusRoot } from '../support/corpus.ts';

it('of a tree without tests nothing is traced, and that is no fault as long as nothing is required', async () => {
  const snapshot = worktreeSnapshot(corpusRoot);
  const { trace: config } = await loadConfig(snapshot);
  const index = await loadSpec(snapshot, { root: corpusRoot });
  const tree = await readTree(snapshot, { globs: ['task_packets/stubs/*.md'] });
  const input = { index, tree, snapshot, config, results: [], roots: [corpusRoot] };
  const { report, findings } = await traceOf(input);
  expect(findings).toEqual([]);
  expect(report.counts).toEqual({
    verified: 0,
    failing: 0,
    suspect: 0,
    covered: 0,
    untraced: report.clauses.length,
    out_of_scope: 0,
  });
  const spawn = report.clauses.find(({ id }) => id === 'INV-SPAWN-002')!;
  expect(spawn.stubs.map(({ wp_id: id }) => id)).toContain('WP-1-Session-Spawn-Contract-v1');
  const gate = await traceOf({ ...input, require: ['INV-SPAWN-*'] });
  expect(gate.findings.map(({ rule }) => rule)).toEqual(Array(4).fill('trace/untraced'));
});
