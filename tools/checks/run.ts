import type { Artifact, GovTree, Stub } from '../artifacts/index.ts';
import { type Finding, sortFindings } from '../findings/index.ts';
import { resolveAnchor, type SpecIndex } from '../spec/index.ts';
import type { TextFile } from '../text/index.ts';
import { checkAcross } from './across.ts';
import { RULES } from './registry.ts';
import type { Subjects } from './rule.ts';
import { runRules } from './run-rules.ts';

/** All that is wrong with a tree, in order: what readers found, what the spec's fences hid, what the rules say. */
export function runChecks(tree: GovTree, spec: SpecIndex | undefined): Finding[] {
  const artifacts: (Artifact | undefined)[] = [
    ...tree.stubs,
    ...tree.packets,
    ...tree.refinements,
    tree.board,
    tree.registry,
    tree.audit,
    tree.gates,
    ...tree.validatorGates,
    tree.mailbox,
    tree.pointer,
    ...tree.ledger.map((entry) => ({ kind: 'ledger' as const, path: entry.path, entry, findings: [] })),
  ];
  return sortFindings([
    ...tree.findings,
    ...(spec?.findings ?? []),
    ...tree.files.flatMap((file) => checkText(file)),
    ...artifacts.flatMap((artifact) => (artifact ? checkArtifact(artifact, spec) : [])),
    ...checkAcross(tree, spec?.version),
  ]);
}

/** What the rules say of a file as text, governed or not. */
export function checkText(file: TextFile): Finding[] {
  return runRules('text', file.path, [file], {});
}

/** What the rules say of one document by itself, in the light of the spec. */
export function checkArtifact(artifact: Artifact, spec: SpecIndex | undefined): Finding[] {
  const { kind, path } = artifact;
  // Of an empty document its reader has said all there is to say.
  if (artifact.kind === 'ledger')
    return artifact.entry ? runRules('ledger', path, [artifact.entry], { spec }) : [];
  if (!isSubject(kind) || ('file' in artifact && artifact.file.text.trim() === '')) return [];
  const findings = runRules(kind, path, [artifact as Subjects[typeof kind]], { spec });
  if (artifact.kind === 'stub' && spec !== undefined)
    findings.push(...runRules('anchor', path, anchorsOf(artifact, spec), { spec }));
  return findings;
}

function isSubject(kind: Artifact['kind']): kind is Artifact['kind'] & keyof Subjects {
  return RULES.some(({ appliesTo }) => appliesTo === kind);
}

/** Each anchor is resolved once, for all rules that look at it. */
function anchorsOf(stub: Stub, spec: SpecIndex): Subjects['anchor'][] {
  return stub.candidates.map((candidate) => ({
    stub,
    candidate,
    result: resolveAnchor(spec, candidate.text),
  }));
}
