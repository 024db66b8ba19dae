import { readTree } from '../../tools/artifacts/index.ts';
import { defaultTrace, type TraceConfig } from '../../tools/config/index.ts';
import { buildIndex, specFileOf } from '../../tools/spec/index.ts';
import { type Trace, traceOf } from '../../tools/trace/index.ts';
import { memorySnapshot } from '../artifacts/memory.ts';

export const ROOT = '/home/ada/repo';
export const SPEC = 'Demo_Spec_v02.137.md';
export const STUB = '.GOV/task_packets/stubs/WP-1-Demo-v1.md';
export const LOCK = '.GOV/trace.lock.json';
export const TEST = 'test/spawn.test.ts';

const spec = `# Demo

## 4 Sessions

### 4.1 Spawn (Normative)

- **INV-SPAWN-001:** Depth is bounded.
- **INV-SPAWN-002:** Children are counted.

### 4.2 Workspace (Normative)

- **INV-WS-001:** Files stay apart.
`;

const stub = `# Work Packet Stub: WP-1-Demo-v1

## STUB_METADATA
- WP_ID: WP-1-Demo-v1
- SPEC_ANCHOR_CANDIDATES (Main Body, not Roadmap):
  - ${SPEC} 4.1 Spawn (Normative)

## SCOPE_SKETCH (DRAFT)
- OUT_OF_SCOPE:
  - INV-WS-001 is for others.

## ACCEPTANCE_CRITERIA (DRAFT)
- A child announces back to who asked for it.
- Cascade cancel is recorded.
`;

export const demoTree: Readonly<Record<string, string>> = { [SPEC]: spec, [STUB]: stub };

interface Asked {
  require?: string[];
  config?: Partial<TraceConfig>;
  results?: { file: string; text: string }[];
}

/** The trace of a small tree, with `files` laid over it. */
export async function traced(files: Record<string, string>, asked: Asked = {}): Promise<Trace> {
  const all = { ...demoTree, ...files };
  const snapshot = memorySnapshot(all);
  const index = buildIndex(SPEC, [specFileOf(SPEC, Buffer.from(all[SPEC]!))]);
  const tree = await readTree(snapshot);
  const config = { ...defaultTrace, ...asked.config };
  const { results = [], require } = asked;
  return traceOf({
    index,
    tree,
    snapshot,
    config,
    results,
    roots: ['/home/ada/by link', ROOT],
    ...(require && { require }),
  });
}

/** What vitest writes: the titles of each test, the groups first, and how it ended. */
export function resultsOf(
  tests: readonly (readonly [titles: string[], status: string])[],
  name = `${ROOT}/${TEST}`,
): { file: string; text: string } {
  const assertionResults = tests.map(([titles, status]) => ({
    ancestorTitles: titles.slice(0, -1),
    title: titles.at(-1),
    fullName: titles.join(' '),
    status,
  }));
  return {
    file: 'tests.json',
    text: JSON.stringify({ testResults: [{ name, status: 'passed', assertionResults }] }),
  };
}

/** State of each clause, by id. */
export function statesOf({ report }: Trace): Record<string, string> {
  return Object.fromEntries(report.clauses.map(({ id, state }) => [id, state]));
}
