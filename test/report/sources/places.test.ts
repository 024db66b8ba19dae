import { expect, it } from 'vitest';
import { linePlace } from '../../../tools/findings/index.ts';
import { placesOfGovernance, placesOfTrace } from '../../../tools/report/index.ts';
import type { TraceReport } from '../../../tools/trace/index.ts';
import { baseFiles, STUB } from '../../checks/base.ts';
import { dataOf } from '../governance/input.ts';

it('every place that the governance side names is there', async () => {
  const files = baseFiles();
  files[STUB] = files[STUB]!.replace('nothing that has an id.', '`WP-1-Other-v1`.');
  const place = linePlace('odd.md', 3, 7);
  const findings = [{ rule: 'x/y', severity: 'error' as const, place, message: 'x', args: {} }];
  const data = await dataOf(files, { findings });
  data.drift.push({
    wp_id: 'WP-1-Demo-v1',
    file: 'pin.md',
    line: 4,
    anchor: 'x',
    pinned: 'v02.134',
    fate: 'MOVED',
    detail: 'x',
    to: { file: 'to.md', line: 5 },
  });
  data.packets[0]!.waived.push({ wp_id: 'WP-1-Other-v1', detail: 'x', file: 'waived.json', line: 1 });
  data.packets[0]!.items[0]!.evidence.push({ kind: 'note', file: 'whole.md', line: null, detail: 'x' });
  const places = placesOfGovernance(data);
  const named: { file: string; line: number }[] = [];
  JSON.stringify(data, (_, value) => {
    if (typeof value?.file === 'string') named.push({ file: value.file, line: value.line ?? 1 });
    return value;
  });
  const key = ({ file, line }: { file: string; line: number }) => `${file}:${line}`;
  expect(new Set(places.map(key))).toEqual(new Set(named.map(key)));
  expect(places).toContainEqual({ file: 'odd.md', line: 3, endLine: 7 });
});

it('every place that the trace names is there; of a test whose line nobody knows, none', () => {
  const link = (file: string) => [{ wp_id: 'WP-1-X-v1', file, line: 2 }];
  const report: TraceReport = {
    schema: 'govkit.trace@1',
    looked: { code: 1, tests: 2 },
    notes: [],
    spec: { file: 'spec.md', version: 'v1', sha256: '' },
    clauses: [
      {
        id: 'INV-X-001',
        family: 'INV',
        text: 'x',
        file: 'spec.md',
        line: 10,
        endLine: 12,
        section: null,
        fingerprint: '',
        state: 'covered',
        because: '',
        stubs: link('stub.md'),
        refinements: link('refinement.md'),
        packets: link('packet.md'),
        code: [{ file: 'code.ts', line: 3 }],
        tests: [
          { name: 'x', file: 'test.ts', line: 4, result: 'passed' },
          { name: 'y', file: '.env', line: null, result: 'passed' },
        ],
      },
    ],
    orphans: [{ id: 'INV-Y-001', in: 'test', file: 'orphan.ts', line: 5 }],
    results: [],
    counts: { verified: 0, failing: 0, suspect: 0, covered: 1, untraced: 0, out_of_scope: 0 },
    required: [],
  };
  expect(placesOfTrace(report)).toEqual([
    { file: 'spec.md', line: 10, endLine: 12 },
    { file: 'stub.md', line: 2 },
    { file: 'refinement.md', line: 2 },
    { file: 'packet.md', line: 2 },
    { file: 'code.ts', line: 3 },
    { file: 'test.ts', line: 4 },
    { file: 'orphan.ts', line: 5 },
  ]);
});
