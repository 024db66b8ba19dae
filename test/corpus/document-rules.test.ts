import { beforeAll, describe, expect, it } from 'vitest';
import { type GovTree, readTree } from '../../tools/artifacts/index.ts';
import { RULES, runChecks } from '../../tools/checks/index.ts';
import type { Finding } from '../../tools/findings/index.ts';
import { worktreeSnapshot } from '../../tools/snapshot/index.ts';
import { loadSpec } from '../../tools/spec/index.ts';
import { textAt } from '../artifacts/memory.ts';
import { corpusRoot } from '../support/corpus.ts';

/** Families of rules that look at one document. */
const FAMILIES =
  /^(?:audit|board|checklist|packet|refinement|stub|text)\/|^registry\/(?!board-mismatch|row-missing)/;

describe('rules about one document, over a tree of 378 files', () => {
  let tree: GovTree;
  let findings: Finding[];
  const of = (rule: string): Finding[] => findings.filter((finding) => finding.rule === rule);
  const files = (rule: string): string[] => [
    ...new Set(of(rule).map(({ place }) => place.file.replace(/^.*\/|\.md$/g, ''))),
  ];

  beforeAll(async () => {
    const snapshot = worktreeSnapshot(corpusRoot);
    tree = await readTree(snapshot);
    findings = runChecks(tree, await loadSpec(snapshot, { root: corpusRoot }));
  });

  it('how often each fires', () => {
    const counts: Record<string, number> = {};
    for (const { rule, severity } of findings.filter((each) => FAMILIES.test(each.rule))) {
      const key = `${rule} ${severity}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
    expect(counts).toEqual({
      'audit/row-invalid info': 1,
      'audit/row-order info': 20,
      'audit/signature-malformed info': 2,
      'audit/time-mismatch warning': 1,
      'board/two-states error': 1,
      'checklist/item-missing warning': 9,
      'packet/contradiction warning': 3,
      'packet/field-missing warning': 5,
      'packet/format-version info': 119,
      'packet/id-mismatch warning': 4,
      'packet/lineage-missing info': 31,
      'packet/scope-path warning': 3,
      'packet/section-missing warning': 2,
      'packet/signature-malformed warning': 45,
      'packet/skeleton-unapproved error': 12,
      'packet/status-missing warning': 7,
      'packet/status-spelling info': 3,
      'packet/status-unknown warning': 1,
      'packet/template-text error': 8,
      'packet/template-text warning': 3,
      'packet/verdict warning': 2,
      'refinement/anchor-line info': 12,
      'refinement/approval-evidence warning': 8,
      'refinement/boxes-verdict error': 11,
      'refinement/proposal error': 1,
      'refinement/section-missing error': 3,
      'refinement/signed-early error': 2,
      'stub/metadata-missing error': 4,
      'text/bom info': 263,
      'text/double-encoded warning': 1867,
      'text/lone-cr warning': 3,
      'text/not-utf8 error': 1,
    });
  });

  it('governance-grammar 1.8: the row that is no DDMMYYYYHHMM is noted, and so is its neighbour of 2504', () => {
    expect(of('audit/signature-malformed').map(({ place }) => place.line)).toEqual([118, 125]);
    expect(of('audit/time-mismatch').map(({ place, message }) => [place.line, message])).toEqual([
      [128, 'Unexpected Date/Time "2025-12-26 00:37", expected 2025-12-25 00:37 as in the signature'],
    ]);
  });

  it('5.2: 13 of 18 packets of the current form have no approval; 12 of them hold work', () => {
    const modern = tree.packets.filter(({ formatVersion }) => formatVersion !== undefined);
    const without = modern.filter(({ skeletonApprovals }) => skeletonApprovals.length === 0);
    expect([modern.length, without.length]).toEqual([18, 13]);
    const idle = without.filter(({ stem }) => !files('packet/skeleton-unapproved').includes(stem));
    expect(idle.map(({ stem }) => stem)).toEqual(['WP-1-Spec-Enrichment-MT-ContextPack-Defaults-v2']);
  });

  it('45 packets, none of the current form, carry a name or half a time for a signature', () => {
    expect(files('packet/signature-malformed')).toHaveLength(45);
    const found = of('packet/signature-malformed').map(({ args }) => args.found);
    expect(found.filter((each) => each !== 'ilja')).toEqual(['ilja2912202519', 'ilja2912202519']);
  });

  it('a packet that calls itself validated after a FAIL is told of', () => {
    expect(of('packet/verdict').map(({ place, message }) => [place.file, message])).toEqual([
      [
        '.GOV/task_packets/WP-1-LLM-Core-v3.md',
        'Unexpected status "Done" with no verdict, expected a report with verdict PASS, FAIL, OUTDATED_ONLY',
      ],
      [
        '.GOV/task_packets/WP-1-Workflow-Engine-v3.md',
        'Unexpected status "VALIDATED" with verdict FAIL, expected a report with verdict PASS',
      ],
    ]);
  });

  it('what is said to be found stands there, and every place lies in its file', () => {
    const byPath = new Map(tree.files.map((file) => [file.path, file]));
    const own = new Set(RULES.map(({ id }) => id));
    for (const { rule, place, found, fix } of findings.filter((each) => own.has(each.rule))) {
      const file = byPath.get(place.file);
      if (file === undefined) continue;
      if (found !== undefined) expect([rule, textAt(file, place)]).toEqual([rule, found]);
      for (const { line, endLine, endColumn } of [place, ...(fix ?? []).map(({ range }) => range)]) {
        expect([rule, line > 0, endLine <= file.lines.length + 1, endColumn > 0]).toEqual([
          rule,
          true,
          true,
          true,
        ]);
      }
    }
  });
});
