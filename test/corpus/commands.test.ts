import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { anchorsSchema } from '../../tools/cli/schemas/anchors.ts';
import { SESSION_ROOTS } from '../contracts/spec-fixture.ts';
import { corpusRoot } from '../support/corpus.ts';
import { gov } from '../support/gov.ts';

const project = join(import.meta.dirname, '..', '..');
const scratch = mkdtempSync(join(tmpdir(), 'gov corpus '));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const json = (...args: string[]) => {
  const done = gov(corpusRoot, [...args, '--root', corpusRoot, '--json']);
  expect(done.err).toBe('');
  return { code: done.code, report: JSON.parse(done.out) };
};

/** Asked for often, and the spec is long: once. */
let stubs: ReturnType<typeof json> | undefined;
const resolvedStubs = () => {
  stubs ??= json('spec', 'resolve', '--stubs');
  return stubs;
};

describe('whole commands', () => {
  it('gov check counts the documents and does not crash', () => {
    const { code, report } = json('check');
    expect(code).toBe(1);
    expect(report.stats.artifacts).toMatchObject({
      stub: 80,
      stub_metadata: 39,
      stub_identity: 41,
      packet: 137,
      refinement: 58,
      board: 1,
      registry: 1,
      audit: 1,
      gates: 1,
      validator_gates: 31,
      governance_snapshot: 1,
      mailbox: 1,
      pointer: 1,
    });
    expect(report.stats.spec).toMatchObject({ version: 'v02.137' });
    for (const { place } of report.findings) expect(place.line).toBeGreaterThan(0);
  });

  it('gov check prints at most 80 lines', () => {
    const { out } = gov(corpusRoot, ['check', '--root', corpusRoot]);
    expect(out.trimEnd().split('\n').length).toBeLessThanOrEqual(80);
  });

  it('gov spec resolve --stubs answers all 183 candidates', () => {
    const { code, report } = resolvedStubs();
    expect(code).toBe(1);
    expect(report.results).toHaveLength(183);
    expect(anchorsSchema.parse(report)).toEqual(report);
    expect(report.counts).toEqual({
      NO_NUMBER: 7,
      UNRESOLVED: 1,
      TITLE_MISMATCH: 3,
      APPENDIX: 1,
      ROADMAP: 2,
      NOT_MAIN_BODY: 12,
      IN_TEMPLATE_FENCE: 26,
      HIDDEN_BY_BROKEN_FENCE: 9,
      MISPLACED: 7,
      ADDENDUM_PARAGRAPH: 8,
      UNIQUE: 107,
    });
  });

  it('gov spec resolve gives the lines and the fingerprint of an addendum paragraph, not those of its section', () => {
    const { report } = json('spec', 'resolve', 'Addendum: 2.4 ViewMode', 'INV-SPAWN-001');
    const [first, second] = anchorsSchema.parse(report).results;
    expect([first?.paragraph?.number, first?.paragraph?.line, first?.section?.line]).toEqual([
      '2.4',
      26_976,
      26_943,
    ]);
    expect(first?.paragraph?.fingerprint).not.toBe(first?.section?.fingerprint);
    expect(second?.identifier?.id).toBe('INV-SPAWN-001');
  });

  it('gov spec resolve finds a title that stands without its number', () => {
    const { code, report } = json('spec', 'resolve', 'Session Spawn Contract and Lifecycle');
    const [found] = anchorsSchema.parse(report).results;
    expect([code, found?.status]).toEqual([1, 'NO_NUMBER']);
    expect(found?.candidates.map(({ number, line }) => [number, line])).toEqual([['4.3.9.15', 30_684]]);
  });

  it('gov spec show says how many candidates there are, and gov spec resolve --json has all', () => {
    const { out } = gov(corpusRoot, ['spec', 'show', 'capability narrowing', '--root', corpusRoot]);
    expect(out).toContain('  … and 51 more (--json has all)\n');
    expect(json('spec', 'resolve', 'capability narrowing').report.results[0].candidates).toHaveLength(57);
    expect(json('spec', 'show', 'capability narrowing').report.findings[0].related).toHaveLength(57);
  });

  it.each([
    ['WP-1-Session-Spawn-Contract-v1', 24, 'IN_TEMPLATE_FENCE', 30684],
    ['WP-1-Session-Spawn-Contract-v1', 25, 'IN_TEMPLATE_FENCE', 30456],
    ['WP-1-Session-Spawn-Contract-v1', 26, 'IN_TEMPLATE_FENCE', 30857],
    ['WP-1-Session-Spawn-Contract-v1', 27, 'IN_TEMPLATE_FENCE', 31035],
    ['WP-1-Session-Spawn-Contract-v1', 28, 'UNIQUE', 64200],
    ['WP-1-Session-Observability-Spans-FR-v1', 24, 'IN_TEMPLATE_FENCE', 30903],
    ['WP-1-Session-Observability-Spans-FR-v1', 25, 'IN_TEMPLATE_FENCE', 30609],
    ['WP-1-Session-Observability-Spans-FR-v1', 26, 'IN_TEMPLATE_FENCE', 30684],
    ['WP-1-Session-Observability-Spans-FR-v1', 27, 'UNIQUE', 64200],
    ['WP-1-Session-Observability-Spans-FR-v1', 28, 'UNIQUE', 68059],
  ])('the anchor of %s:%i is %s at %i', (wp, line, status, at) => {
    const { report } = resolvedStubs();
    const row = report.results.find(
      ({ source }: { source: { file: string; line: number } }) =>
        source.file.endsWith(`/${wp}.md`) && source.line === line,
    );
    expect([row.status, row.section.line]).toEqual([status, at]);
    expect(row.section.container).toBe(status === 'UNIQUE' ? undefined : 30332);
  });

  it('gov codegen counts 17 records, 8 enums, 3 aliases and 14 events in yaml blocks, 80 events in all, and says what is open', () => {
    const { code, report } = json('codegen', '--out', join(scratch, 'open'));
    expect(code).toBe(1);
    expect(report.dialects.find(({ dialect }: { dialect: string }) => dialect === 'yaml')).toEqual({
      dialect: 'yaml',
      blocks: 24,
      refused: 14,
      records: 17,
      enums: 8,
      aliases: 3,
      events: 14,
    });
    expect(report.counts).toMatchObject({ events: 80 });
    const open = report.diagnostics.filter(
      ({ rule, severity }: { rule: string; severity: string }) =>
        rule === 'codegen/undefined-type' && severity === 'error',
    );
    expect(open.map(({ args }: { args: { name: string } }) => args.name).sort()).toEqual([
      'JsonSchema',
      'ToolCall',
    ]);
    expect(
      report.diagnostics.filter(({ rule }: { rule: string }) => rule === 'codegen/payload-untyped'),
    ).toHaveLength(23);
    expect(existsSync(join(scratch, 'open'))).toBe(false);
  });

  it('gov codegen of the whole spec, with the overlay for it, generates', () => {
    const overlay = join(project, 'templates', 'overlays', 'handshake.yaml');
    const { code, report } = json('codegen', '--out', join(scratch, 'whole'), '--overlay', overlay);
    expect(code).toBe(0);
    expect(report.counts).toMatchObject({ events: 80 });
  });

  it('gov codegen of the session closure, with the overlay for this spec, generates', () => {
    const overlay = join(project, 'templates', 'overlays', 'handshake.yaml');
    const roots = SESSION_ROOTS.join(',');
    const args = ['--roots', roots, '--out', join(scratch, 'answered'), '--overlay', overlay];
    const { code, report } = json('codegen', ...args);
    expect(code).toBe(0);
    expect(report.counts).toEqual({ records: 12, enums: 6, aliases: 1, events: 14, fields: 171 });
    expect(report.files.map(({ path }: { path: string }) => path.split('/').at(-1)).sort()).toEqual([
      'events.ts',
      'index.ts',
      'types.ts',
    ]);
  });

  it('gov wp status answers for every work packet', () => {
    const { report } = json('wp', 'status');
    expect(report.wps.length).toBeGreaterThan(180);
    for (const { items } of report.wps) expect(items.length).toBeGreaterThan(0);
  });
});
