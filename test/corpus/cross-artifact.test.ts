import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type GovTree, packetStage, readTree, workPackets } from '../../tools/artifacts/index.ts';
import { RULES, runChecks } from '../../tools/checks/index.ts';
import { type Finding, type Severity, sortFindings } from '../../tools/findings/index.ts';
import { plannedSnapshot, worktreeSnapshot } from '../../tools/snapshot/index.ts';
import { textAt } from '../artifacts/memory.ts';
import { corpusRoot, goldenRoot } from '../support/corpus.ts';

const ACROSS = new Set(
  RULES.filter(({ appliesTo, id }) => appliesTo === 'tree' && id !== 'anchor/no-spec').map(({ id }) => id),
);

function across(tree: GovTree): Finding[] {
  return sortFindings(runChecks(tree, undefined).filter(({ rule }) => ACROSS.has(rule)));
}

/** `WP-1-` is taken off: every id of the corpus begins so, but one. */
function short(id: string): string {
  return id.replace(/^WP-1-/, '');
}

/** What the research of February counted by hand (governance-grammar 1.8, 3.4), from the findings alone. */
describe('facts between the documents of the corpus', () => {
  const snapshot = worktreeSnapshot(corpusRoot);
  let tree: GovTree;
  let findings: Finding[];
  const of = (rule: string, severity?: Severity): Finding[] =>
    findings.filter((each) => each.rule === rule && (severity === undefined || each.severity === severity));
  const names = (found: readonly Finding[]): string[] =>
    found.map(({ args }) => short(String(args.wpId ?? args.base))).sort();

  beforeAll(async () => {
    tree = await readTree(snapshot);
    findings = across(tree);
  });

  it('every finding, by rule and severity', () => {
    const counts: Record<string, number> = {};
    for (const { rule, severity } of findings)
      counts[`${rule} ${severity}`] = (counts[`${rule} ${severity}`] ?? 0) + 1;
    expect(counts).toEqual({
      'board/entry-missing error': 1,
      'board/entry-missing info': 6,
      'board/entry-missing warning': 17,
      'board/status-mismatch info': 42,
      'board/status-mismatch warning': 13,
      'board/stub-although-packet error': 1,
      'board/unknown-packet warning': 1,
      'gates/orphan info': 2,
      'gates/orphan warning': 1,
      'gates/spec-mismatch info': 10,
      'registry/board-mismatch warning': 26,
      'registry/row-missing warning': 12,
      'signature/mismatch warning': 1,
      'signature/not-in-audit warning': 8,
      'signature/used-twice error': 1,
      'snapshot/stale warning': 1,
      'stub/packet-elsewhere info': 5,
      'validator-gates/board-mismatch warning': 1,
      'validator-gates/fail-reset error': 4,
      'validator-gates/fail-reset warning': 10,
      'validator-gates/report-missing warning': 1,
    });
  });

  it('where a packet stands: 1 open, 56 done, 63 superseded, 17 that nobody lists', () => {
    const stages: Record<string, string[]> = {};
    for (const work of workPackets(tree).values()) {
      const stage = packetStage(tree, work);
      stages[stage] = [...(stages[stage] ?? []), short(work.id)];
    }
    expect(stages.open).toEqual(['Spec-Enrichment-MT-ContextPack-Defaults-v2']);
    expect([stages.done!.length, stages.superseded!.length, stages.unlisted!.length]).toEqual([56, 63, 17]);
  });

  it('a FAIL that was reset, and a packet that was merged without a report, are told of', () => {
    expect(names(of('validator-gates/fail-reset', 'error'))).toEqual([
      'MCP-End-to-End-v2',
      'MCP-Skeleton-Gate-v2',
      'Media-Downloader-v2',
      'Model-Swap-Protocol-v1',
    ]);
    expect(of('validator-gates/report-missing').map(({ message }) => message)).toEqual([
      'Unexpected WP_APPENDED with no report in the packet of WP-1-LLM-Core-v3, expected a report with verdict PASS',
    ]);
  });

  it('the Task Board still shows Global-Silent-Edit-Guard as a stub, beside its VALIDATED', () => {
    expect(of('board/stub-although-packet').map(({ place, message }) => [place.line, message])).toEqual([
      [
        61,
        'Unexpected state STUB of WP-1-Global-Silent-Edit-Guard, expected another: its official packet is there',
      ],
    ]);
  });

  // The research names "6 sibling v02.137 stubs" beside the two seeds, which would make 13: there are 5.
  it('12 stubs have no row in the registry', () => {
    expect(names(of('registry/row-missing'))).toEqual([
      'Governance-Pack',
      'LocalFirst-Agentic-MCP-Posture',
      'ModelSession-Core-Scheduler',
      'Multi-Session-Orchestration-Spawn-Lifecycle',
      'Provider-Feature-Coverage-Agentic-Ready',
      'Session-Crash-Recovery-Checkpointing',
      'Session-Observability-Spans-FR',
      'Session-Scoped-Capabilities-Consent-Gate',
      'Session-Spawn-Contract',
      'Spec-Authoring-Rubric',
      'Unified-Tool-Surface-Contract',
      'Workspace-Safety-Parallel-Sessions',
    ]);
  });

  // The research has 6. The sixth stub without packet that the Stub Backlog lacks is Media-Downloader-v1, and it
  // has an entry: under Superseded. Of these 5 nothing can come, so that each is information.
  it('5 stubs are in no section of the board: 4 whose work another revision took over, 1 superseded', () => {
    const missing = of('board/entry-missing').filter(({ args }) => args.what === 'stub');
    expect(missing.map(({ args, severity }) => [short(String(args.wpId)), severity, args.why])).toEqual([
      [
        'Autonomous-Governance-Protocol-v1',
        'info',
        'WP-1-Autonomous-Governance-Protocol-v2 has taken over its work',
      ],
      ['Cloud-Escalation-Consent-v1', 'info', 'WP-1-Cloud-Escalation-Consent-v2 has taken over its work'],
      ['Dev-Experience-ADRs', 'info', 'WP-1-Dev-Experience-ADRs-v1 has taken over its work'],
      ['Multi-Session-Orchestration-Spawn-Lifecycle-v1', 'info', 'it is superseded'],
      [
        'Product-Governance-Snapshot-v1',
        'info',
        'WP-1-Product-Governance-Snapshot-v4 has taken over its work',
      ],
    ]);
  });

  it('19 packets are not on the board: 1 that is in force, 17 that say they are open, 1 that says it is done', () => {
    const missing = of('board/entry-missing').filter(({ args }) => args.what === 'packet');
    const by = (severity: Severity): string[] => names(missing.filter((each) => each.severity === severity));
    expect(by('error')).toEqual(['Spec-Enrichment-MT-ContextPack-Defaults-v2']);
    // The registry says Done of LLM-Core-v1; Tokenization-Service says "FULLY VALIDATED & FUNCTIONAL", which is
    // the word of no state.
    expect(by('warning')).toEqual([
      'ACE-RAG-Plumbing',
      'AI-Integration-Baseline',
      'AI-Job-Model',
      'Atelier-Lens-v0.1',
      'Bundle-Export',
      'Capability-Enforcement',
      'Capability-SSoT-Validator',
      'Distillation-Logging',
      'Frontend-AI-Action',
      'Frontend-Build-Debug',
      'Mechanical-Track-Full',
      'Photo-Studio-Skeleton',
      'Retention-GC',
      'Spec-Enrichment-LLM-Core-v1',
      'Terminal-Integration-Baseline',
      'Tokenization-Service',
      'Workflow-Engine',
    ]);
    expect(by('info')).toEqual(['Storage-Foundation']);
  });

  // The research has 25 of 90, which comes out where the first entry of an id decides and rows without one are
  // passed over: 24, and Global-Silent-Edit-Guard, whose first entry is the stale [STUB]. Its row says Done, as the
  // other entry does; it is the entry that is wrong, and has a finding. The two rows that promise an entry which
  // is not there are wrong, so that 26 it is.
  it('26 of 90 rows of the registry disagree with the board: 24 with its entry, 2 that have none', () => {
    const mismatch = of('registry/board-mismatch');
    const rows = (found: string, expected: string): string[] =>
      names(mismatch.filter(({ args }) => args.found === found && args.expected === expected));
    expect(rows('Ready for Dev', 'Done')).toEqual([
      'ACE-Runtime-v2',
      'AI-Job-Model-v4',
      'AI-Ready-Data-Architecture-v1',
      'AI-UX-Actions-v2',
      'AI-UX-Summarize-Display-v2',
      'Artifact-System-Foundations-v1',
      'Atelier-Collaboration-Panel-v1',
      'Capability-SSoT-v2',
      'Cloud-Escalation-Consent-v2',
      'Cross-Tool-Interaction-Conformance-v1',
      'Dev-Experience-ADRs-v1',
      'Flight-Recorder-UI-v3',
      'Micro-Task-Executor-v1',
      'Model-Swap-Protocol-v1',
      'Mutation-Traceability-v2',
      'OSS-Governance-v2',
      'Product-Governance-Snapshot-v4',
      'Response-Behavior-ANS-001',
      'Role-Mailbox-v1',
      'Role-Registry-AppendOnly-v1',
      'Runtime-Governance-NoExpect-v1',
      'Supply-Chain-Cargo-Deny-Clean-v1',
      'Supply-Chain-MEX-v2',
    ]);
    expect(rows('In Progress', 'Done')).toEqual(['Autonomous-Governance-Protocol-v2']);
    expect(rows('Done', 'no entry')).toEqual(['Spec-Enrichment-LLM-Core-v1']);
    expect(rows('Ready for Dev', 'no entry')).toEqual(['Spec-Enrichment-MT-ContextPack-Defaults-v2']);
    expect(mismatch).toHaveLength(26);
  });

  it('VALIDATED on the board, but the packet says "In Progress" 12 times and "Ready for Dev" once', () => {
    const late = of('board/status-mismatch').filter(({ args }) => args.expected === 'VALIDATED');
    const saying = (status: string): string[] => names(late.filter(({ args }) => args.found === status));
    expect(saying('In Progress')).toEqual([
      'ACE-Runtime-v2',
      'ACE-Validators-v4',
      'AI-UX-Summarize-Display-v2',
      'Autonomous-Governance-Protocol-v2',
      'Capability-SSoT-v2',
      'Cloud-Escalation-Consent-v2',
      'Cross-Tool-Interaction-Conformance-v1',
      'Global-Silent-Edit-Guard',
      'MCP-Skeleton-Gate-v2',
      'MEX-v1.2-Runtime-v3',
      'Model-Swap-Protocol-v1',
      'Operator-Consoles-v3',
    ]);
    expect(saying('Ready for Dev')).toEqual(['Runtime-Governance-NoExpect-v1']);
    expect(late.every(({ severity }) => severity === 'warning')).toBe(true);
  });

  // Such a packet is locked history, which the registry's own law forbids to catch up: information.
  it('SUPERSEDED on the board, but the packet says "Ready for Dev" 41 times and "In Progress" once', () => {
    const locked = of('board/status-mismatch').filter(({ args }) => args.expected === 'SUPERSEDED');
    const ready = locked.filter(({ args }) => /^ready[ -]for[ -]dev/i.test(String(args.found)));
    expect(names(ready)).toEqual([
      'ACE-Auditability',
      'ACE-Validators',
      'AI-UX-Actions',
      'AI-UX-Rewrite',
      'AI-UX-Summarize-Display',
      'AppState-Refactoring',
      'Atelier-Lens',
      'Calendar-Lens',
      'Canvas-Typography',
      'Debug-Bundle',
      'Debug-Bundle-v2',
      'Diagnostic-Pipe',
      'Distillation',
      'Editor-Hardening',
      'Flight-Recorder-UI',
      'Governance-Hooks',
      'LLM-Core',
      'MCP-End-to-End',
      'MCP-Skeleton-Gate',
      'MEX-Observability',
      'MEX-Safety-Gates',
      'MEX-UX-Bridges',
      'MEX-v1.2-Runtime',
      'MEX-v1.2-Runtime-v2',
      'Metrics-OTel',
      'Metrics-Traces',
      'Migration-Framework',
      'Model-Profiles',
      'OSS-Governance',
      'Operator-Consoles',
      'Operator-Consoles-v1',
      'PDF-Pipeline',
      'Photo-Studio',
      'RAG-Iterative',
      'Security-Gates',
      'Semantic-Catalog',
      'Storage-Abstraction-Layer',
      'Storage-Abstraction-Layer-v2',
      'Supply-Chain-MEX',
      'Terminal-LAW',
      'Workspace-Bundle',
    ]);
    expect(ready).toHaveLength(41);
    const other = locked.filter((each) => !ready.includes(each));
    expect(other.map(({ args }) => [args.wpId, args.found])).toEqual([
      ['WP-1-Product-Governance-Snapshot-v3', 'In Progress'],
    ]);
    expect(locked.every(({ severity }) => severity === 'info')).toBe(true);
  });

  it('one entry of the board has no document: the packet of Product-Governance-Snapshot-v2 was taken away', () => {
    expect(names(of('board/unknown-packet'))).toEqual(['Product-Governance-Snapshot-v2']);
  });

  // Governance-grammar 9: the registry's notes carry each of these links, so that all are information.
  it('5 stubs were activated under another id', () => {
    const pairs = of('stub/packet-elsewhere').map(({ args }) => [
      short(String(args.wpId)),
      short(String(args.other)),
      args.linked,
    ]);
    expect(pairs).toEqual([
      ['Autonomous-Governance-Protocol-v1', 'Autonomous-Governance-Protocol-v2', true],
      ['Cloud-Escalation-Consent-v1', 'Cloud-Escalation-Consent-v2', true],
      ['Dev-Experience-ADRs', 'Dev-Experience-ADRs-v1', true],
      ['Media-Downloader-v1', 'Media-Downloader-v2', true],
      ['Product-Governance-Snapshot-v1', 'Product-Governance-Snapshot-v4', true],
    ]);
  });

  // The research has 4: it did not see the four that are written as code. Two of those are half a signature, the
  // same one in two packets.
  it('8 packet signatures are not in the audit, and one is in two packets', () => {
    expect(
      of('signature/not-in-audit').map(({ args }) => [short(String(args.wpId)), args.signature]),
    ).toEqual([
      ['AppState-Refactoring-v2', 'ilja281220250309'],
      ['Debug-Bundle-v2', 'ilja291220250100'],
      ['Debug-Bundle-v3', 'ilja2912202519'],
      ['Dual-Backend-Tests', 'ilja251220251800'],
      ['Gate-Check-Tool', 'ilja251220251845'],
      ['Operator-Consoles-v2', 'ilja291220250407'],
      ['Tokenization-Service', 'ilja251220252045'],
      ['Validator-Error-Codes-v1', 'ilja2912202519'],
    ]);
    const code = of('signature/not-in-audit').filter(({ found }) => found?.startsWith('`'));
    expect(names(code)).toEqual([
      'Debug-Bundle-v2',
      'Debug-Bundle-v3',
      'Operator-Consoles-v2',
      'Validator-Error-Codes-v1',
    ]);
    expect(of('signature/used-twice').map(({ message }) => message)).toEqual([
      'Unexpected second use of ilja2912202519 for WP-1-Validator-Error-Codes-v1, expected one: it is used for WP-1-Debug-Bundle-v3',
    ]);
  });

  // The log has the signature of the Spec Enrichment. ACE-Validators-v4 has two that differ as well, and the audit
  // has a row for each: the creation, and the wider scope.
  it('one gate log event has another signature than the audit and the packet', () => {
    expect(of('signature/mismatch').map(({ message }) => message)).toEqual([
      'Unexpected signature ilja281220252016 of WP-1-Operator-Consoles-v1 in the gate log, expected ilja281220251911 as in the audit',
    ]);
  });

  // ORCH-PROTOCOL-ENFORCEMENT, the fourth, is no id: a matter of the log alone.
  it('3 ids of the gate log have no document, and one of them was signed', () => {
    expect(of('gates/orphan').map(({ args, severity }) => [args.wpId, severity])).toEqual([
      ['WP-1-AI-Job-Model-SpecUpdate-v1', 'warning'],
      ['WP-1-Gate-Check-Tool-v3', 'info'],
      ['WP-1-Refinement-Gate-Enforcement-v1', 'info'],
    ]);
  });

  it('10 refinements pin another spec than was recorded with them; none has an open packet', () => {
    expect(names(of('gates/spec-mismatch', 'info'))).toHaveLength(10);
    expect(of('gates/spec-mismatch')).toHaveLength(10);
  });

  it('what is found stands at the place, in files with a byte order mark too', () => {
    const files = new Map(tree.files.map((file) => [file.path, file]));
    for (const { rule, place, found } of findings.filter((each) => each.found !== undefined))
      expect([rule, textAt(files.get(place.file)!, place)]).toEqual([rule, found]);
    expect(findings.filter(({ found }) => found !== undefined).length).toBeGreaterThan(120);
  });

  // 30 stubs say STUB beside their packet; that is how activation left them, and no rule speaks of it.
  it('a stub is not blamed for its packet', () => {
    const activated = [...workPackets(tree).values()].filter(({ stub, packet }) => stub && packet);
    const blamed = new Set(
      findings.filter(({ rule }) => rule.startsWith('stub/')).map(({ args }) => String(args.wpId)),
    );
    expect([activated.length, activated.filter(({ id }) => blamed.has(id)).length]).toEqual([30, 0]);
  });

  it('the real activation adds no finding, and takes away the missing row and the stale [STUB]', async () => {
    const golden = worktreeSnapshot(goldenRoot);
    const paths = await golden.list(['.GOV/**/*.{md,json}']);
    const edits = new Map(
      paths.map((path) => [path, readFileSync(`${goldenRoot}/${path}`, 'utf8')] as const),
    );
    const after = await readTree(plannedSnapshot(snapshot, edits));
    const id = 'WP-1-Unified-Tool-Surface-Contract-v1';
    expect(packetStage(after, workPackets(after).get(id)!)).toBe('open');
    const said = ({ severity, rule, message }: Finding): string => `${severity} ${rule} ${message}`;
    const [before, now] = [findings, across(after)].map((list) => new Set(list.map(said)));
    expect([...now!].filter((each) => !before!.has(each))).toEqual([]);
    expect([...before!].filter((each) => !now!.has(each))).toEqual([
      'error board/stub-although-packet Unexpected state STUB of WP-1-Global-Silent-Edit-Guard, expected another: its official packet is there',
      'warning registry/row-missing Unexpected stub without a row in the traceability registry, expected one for WP-1-Unified-Tool-Surface-Contract',
    ]);
  });
});
