import type { Artifact, GovTree, Stub, TreeFacts } from '../artifacts/index.ts';
import { type Finding, GovError, sortFindings } from '../findings/index.ts';
import { resolveAnchor, type SpecIndex } from '../spec/index.ts';
import type { TextFile } from '../text/index.ts';
import { RULES } from './registry.ts';
import type { CheckContext, RegisteredRule, Subjects } from './rule.ts';

/** A rule threw: our bug, named with the file it stumbled over. */
export class RuleCrash extends GovError {
  override name = 'RuleCrash';
  readonly rule: string;
  readonly file: string;
  constructor(rule: string, file: string, cause: unknown) {
    super(`internal error in rule ${rule}, at ${file}`, { cause });
    this.rule = rule;
    this.file = file;
  }
}

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
  return run('text', file.path, [file], {});
}

/** What the rules say of one document by itself, in the light of the spec. */
export function checkArtifact(artifact: Artifact, spec: SpecIndex | undefined): Finding[] {
  const { kind, path } = artifact;
  if (!isSubject(kind)) return [];
  const findings = run(kind, path, [artifact as Subjects[typeof kind]], { spec });
  if (artifact.kind === 'stub' && spec !== undefined)
    findings.push(...run('anchor', path, anchorsOf(artifact, spec), { spec }));
  return findings;
}

/** What the rules say of documents that contradict each other. */
export function checkAcross(tree: TreeFacts, specVersion: string | undefined): Finding[] {
  return run('tree', tree.folder, [tree], { specVersion });
}

function isSubject(kind: Artifact['kind']): kind is Artifact['kind'] & keyof Subjects {
  return RULES.some(({ appliesTo }) => appliesTo === kind);
}

function run<K extends keyof Subjects>(
  kind: K,
  file: string,
  subjects: readonly Subjects[K][],
  context: CheckContext,
): Finding[] {
  const rules = RULES.filter(({ appliesTo }) => appliesTo === kind);
  return subjects.flatMap((subject) => rules.flatMap((rule) => runOne(rule, file, subject, context)));
}

function runOne(
  rule: RegisteredRule,
  file: string,
  subject: Subjects[keyof Subjects],
  context: CheckContext,
): Finding[] {
  try {
    return rule.run(subject, context);
  } catch (error) {
    throw new RuleCrash(rule.id, file, error);
  }
}

/** Each anchor is resolved once, for all rules that look at it. */
function anchorsOf(stub: Stub, spec: SpecIndex): Subjects['anchor'][] {
  return stub.candidates.map((candidate) => ({
    stub,
    candidate,
    result: resolveAnchor(spec, candidate.text),
  }));
}
