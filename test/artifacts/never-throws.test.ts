import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readLedgerEntry,
  readOrchestratorGates,
  readPacket,
  readRefinement,
  readRegistry,
  readRoles,
  readSignatureAudit,
  readStub,
  readTaskBoard,
} from '../../tools/artifacts/index.ts';
import { runChecks } from '../../tools/checks/index.ts';
import type { TextFile } from '../../tools/text/index.ts';
import { baseFiles, baseSpec, readBase, STUB } from '../checks/base.ts';
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

describe('no content makes a reader throw', () => {
  it.each(Object.entries(READERS))('%s', (_, read) => {
    fc.assert(
      fc.property(text, (content) => {
        read(fileOf('.GOV/ledger/WP-1-A-v1/1-attest-0123456789ab.json', content));
      }),
      { numRuns: 150 },
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
