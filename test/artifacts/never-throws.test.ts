import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  printMailboxFile,
  printMailboxThread,
  printOrchestratorGates,
  printSpecPointer,
  printValidatorGates,
  readLedgerEntry,
  readMailboxFile,
  readMailboxThread,
  readOrchestratorGates,
  readPacket,
  readRefinement,
  readRegistry,
  readRoles,
  readSignatureAudit,
  readSpecPointer,
  readStub,
  readTaskBoard,
  readValidatorGates,
} from '../../tools/artifacts/index.ts';
import { runChecks } from '../../tools/checks/index.ts';
import type { TextFile } from '../../tools/text/index.ts';
import { baseFiles, baseSpec, readBase, STUB } from '../checks/base.ts';
import { HOSTILE } from './hostile.ts';
import { fileOf, treeOf } from './memory.ts';

const READERS: Record<string, (file: TextFile) => unknown> = {
  stub: readStub,
  packet: readPacket,
  refinement: readRefinement,
  board: readTaskBoard,
  registry: readRegistry,
  audit: readSignatureAudit,
  gates: readOrchestratorGates,
  roles: readRoles,
  ledger: readLedgerEntry,
  validatorGates: readValidatorGates,
  mailboxFile: readMailboxFile,
  mailboxThread: readMailboxThread,
  pointer: readSpecPointer,
};

const pieces = [
  ...readBase('stub.md').split('\n'),
  ...readBase('registry.md').split('\n'),
  '```',
  '~~~~',
  '<!--',
  '-->',
  '| a |',
  '|--|',
  '- **[WP-1-A-v1]** - [STUB]',
  '{"gate_logs":[{"wpId":"x"}]}',
  'roles:',
  '  A: [',
  '\t- x',
  '1. y',
  '> - [ ] z',
];

/** Lines that documents are made of, in any order, and noise between them. */
const text = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 20 })), { maxLength: 40 })
  .chain((lines) => fc.constantFrom('\n', '\r\n').map((end) => lines.join(end)));

const SHAPES = [
  {
    gate_logs: [{ wpId: 'WP-1-A-v1', type: 'SIGNATURE', signature: 'x', timestamp: '2026-02-24T02:47:07Z' }],
  },
  {
    validation_sessions: {
      'WP-1-A-v1': { wpId: 'WP-1-A-v1', verdict: 'PASS', gates: [{ gate: 'COMMITTED' }] },
    },
    archived_sessions: [{ gates: [] }],
  },
  {
    threads: [
      { thread_id: 't', participants: ['x'], context: {}, thread_file: 'threads/t.jsonl', message_count: 1 },
    ],
  },
  { index_sha256: 'x', thread_files: [{ path: 'threads/t.jsonl', sha256: 'x', message_count: -1 }] },
  {
    message_id: 'm',
    created_at: 'x',
    message_type: 'waiver_approval',
    to_roles: [1],
    transcription_links: [{}],
  },
  { current_spec: { entrypoint_path: 'A_Spec_v1.2.md', version: '1.3' } },
];
const JSON_PATHS = [
  '.GOV/roles/orchestrator/ORCHESTRATOR_GATES.json',
  '.GOV/roles/validator/VALIDATOR_GATES.json',
  '.GOV/validator_gates/WP-1-A-v1.json',
  '.GOV/ROLE_MAILBOX/index.json',
  '.GOV/ROLE_MAILBOX/export_manifest.json',
  '.GOV/ROLE_MAILBOX/threads/t.jsonl',
  '.GOV/spec/SPEC_CURRENT.md',
  '.GOV/ledger/WP-1-A-v1/1-attest-0123456789ab.json',
];

/** What nobody ever puts into these keys. */
const odd = fc.constantFrom<unknown>(
  null,
  0,
  1e308,
  -1,
  '',
  'x',
  '\u0000\ud800',
  [],
  {},
  [[]],
  [null],
  { a: [] },
  true,
);

/** A document of one of the kinds with some of its values exchanged. */
const exchanged = fc
  .tuple(fc.constantFrom(...SHAPES), fc.array(odd, { minLength: 1 }), fc.nat())
  .map(([shape, values, every]) => {
    let count = 0;
    return JSON.stringify(
      shape,
      (_, value: unknown) => (++count % ((every % 7) + 2) === 0 ? values[count % values.length] : value),
      every % 3,
    );
  });

/** It, or what a crash, an editor or an attacker made of it. */
const hostile = fc.oneof(
  exchanged,
  fc.tuple(exchanged, fc.nat()).map(([text, at]) => text.slice(0, at % (text.length + 1))),
  exchanged.map((text) => `\ufeff${text.replaceAll('\n', '\r\n')}\r\n`),
  exchanged.map((text) => text.replace(/"(\w+)":/, '"$1": 1, $&')),
  fc.constantFrom(
    '',
    '{}',
    '[]',
    'null',
    '0',
    '\u0000\u0001',
    '\ufeff',
    '\n\n',
    '[1e999]',
    `${'{"a":'.repeat(9999)}`,
  ),
  fc.string({ unit: 'binary' }).map((text) => text.replaceAll(/[\ud800-\udfff]/g, '')),
);

/** Those of Markdown: what the others make of a document is one finding. */
const MARKDOWN = ['stub', 'packet', 'refinement', 'board', 'registry', 'audit'];

// Each was minutes for a reader that looks ahead from every line; vitest stops what takes longer than its limit.
describe('no document takes long', () => {
  it.each(HOSTILE)(
    '%s',
    (_, make) => {
      const file = fileOf('.GOV/task_packets/WP-1-A-v1.md', make());
      for (const name of MARKDOWN) {
        const model = READERS[name]!(file) as { checklist?: unknown };
        expect(model.checklist ?? model).toBeDefined();
      }
    },
    20_000,
  );

  it('50 MB are one finding, and read by nobody', async () => {
    const tree = await treeOf({ ...baseFiles(), [STUB]: `- a: b\n`.repeat(7_200_000) });
    expect(tree.findings.map(({ rule, place }) => `${rule} ${place.file}`)).toEqual([
      `tree/oversized ${STUB}`,
    ]);
  }, 20_000);
});

describe('no content makes a reader throw', () => {
  it.each(Object.entries(READERS))('%s', (_, read) => {
    fc.assert(
      fc.property(text, (content) => {
        read(fileOf('.GOV/ledger/WP-1-A-v1/1-attest-0123456789ab.json', content));
      }),
      { numRuns: 150 },
    );
  });

  it('nor a rule about JSON, and every finding has a place in its file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...JSON_PATHS), hostile, async (path, content) => {
        const tree = await treeOf({ ...baseFiles(), [path]: content });
        const mine = runChecks(tree, baseSpec()).filter(({ place }) => place.file === path);
        const lines = content.replace(/^\ufeff/, '').split(/\r?\n/);
        for (const { place } of mine) {
          expect(place.column).toBeGreaterThan(0);
          expect(place.line).toBeGreaterThan(0);
          expect(place.endLine).toBeGreaterThanOrEqual(place.line);
          expect(place.endLine).toBeLessThanOrEqual(lines.length);
          expect(place.endColumn).toBeLessThanOrEqual(lines[place.endLine - 1]!.length + 2);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('and what was read and not changed is printed as it was', () => {
    fc.assert(
      fc.property(hostile, (content) => {
        const file = (path: string) => fileOf(path, content);
        expect([
          printOrchestratorGates(readOrchestratorGates(file('G.json'))),
          printValidatorGates(readValidatorGates(file('WP-1-A-v1.json'))),
          printMailboxFile(readMailboxFile(file('index.json'))),
          printMailboxThread(readMailboxThread(file('t.jsonl'))),
          printSpecPointer(readSpecPointer(file('SPEC_CURRENT.md'))),
        ]).toEqual(Array(5).fill(content));
      }),
      { numRuns: 400 },
    );
  });

  it('nor a rule, and every finding has a place in its file', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (content) => {
        const tree = await treeOf({ ...baseFiles(), [STUB]: content });
        for (const { place } of runChecks(tree, baseSpec())) {
          expect(place.line).toBeGreaterThan(0);
          expect(place.column).toBeGreaterThan(0);
          expect(place.endLine).toBeGreaterThanOrEqual(place.line);
          if (place.endLine === place.line) expect(place.endColumn).toBeGreaterThanOrEqual(place.column);
          expect(place.line).toBeLessThanOrEqual(Math.max(content.split('\n').length, 60));
        }
      }),
      { numRuns: 100 },
    );
  });
});
