import type { Artifact, GovTree } from '../../artifacts/index.ts';
import { type Finding, sortFindings } from '../../findings/index.ts';
import { type AnchorResult, resolveAnchor, type SpecIndex } from '../../spec/index.ts';
import type { TextFile } from '../../text/index.ts';
import { RULES } from '../registry.ts';
import type { Subjects } from '../rule.ts';
import { checkAcross } from './across.ts';
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
    ...artifacts.flatMap((artifact) => (artifact ? checkArtifact(artifact, resolvedIn(spec, artifact)) : [])),
    ...checkAcross(tree, spec?.version),
  ]);
}

/** The anchors of a document, resolved in a spec that is at hand. */
export function resolvedIn(spec: SpecIndex | undefined, artifact: Artifact): Resolved | undefined {
  if (spec === undefined) return undefined;
  const results = anchorsOf(artifact).map((text) => resolveAnchor(spec, text));
  return { specVersion: spec.version, results };
}

/** What the rules say of a file as text, governed or not. */
export function checkText(file: TextFile): Finding[] {
  return runRules('text', file.path, [file], {});
}

/** What the spec says of a document's anchors, in their order. */
export interface Resolved {
  specVersion: string;
  results: readonly AnchorResult[];
}

/** The anchors of a document that are resolved before it is judged. */
export function anchorsOf(artifact: Artifact): string[] {
  return artifact.kind === 'stub' ? artifact.candidates.map(({ text }) => text) : [];
}

/** What the rules say of one document by itself, in the light of the spec. */
export function checkArtifact(artifact: Artifact, resolved: Resolved | undefined): Finding[] {
  const { kind, path } = artifact;
  if (artifact.kind === 'ledger') return artifact.entry ? runRules('ledger', path, [artifact.entry], {}) : [];
  // Of an empty document its reader has said all there is to say.
  if (!isSubject(kind) || ('file' in artifact && artifact.file.text.trim() === '')) return [];
  const findings = runRules(kind, path, [artifact as Subjects[typeof kind]], {});
  if (artifact.kind !== 'stub' || resolved === undefined) return findings;
  const { specVersion, results } = resolved;
  const anchors = artifact.candidates.map((candidate, at) => ({
    stub: artifact,
    candidate,
    result: results[at]!,
  }));
  return [...findings, ...runRules('anchor', path, anchors, { specVersion })];
}

function isSubject(kind: Artifact['kind']): kind is Artifact['kind'] & keyof Subjects {
  return RULES.some(({ appliesTo }) => appliesTo === kind);
}
