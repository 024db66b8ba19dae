import type { GovTree } from '../artifacts/index.ts';
import { type Finding, GovError, sortFindings } from '../findings/index.ts';
import { resolveAnchor, type SpecIndex } from '../spec/index.ts';
import { RULES } from './registry.ts';
import type { CheckContext, RegisteredRule, Subjects } from './rule.ts';

export interface CheckOptions {
  /** Ids of the rules to run. Default: all. What the readers found is reported in any case. */
  rules?: readonly string[];
}

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
export function runChecks(tree: GovTree, spec: SpecIndex | undefined, options: CheckOptions = {}): Finding[] {
  const wanted = options.rules && new Set(options.rules);
  const rules = RULES.filter((rule) => wanted?.has(rule.id) ?? true);
  const context: CheckContext = { tree, spec };
  const findings: Finding[] = [...tree.findings, ...(spec?.findings ?? [])];
  const run = <K extends keyof Subjects>(kind: K, subjects: Iterable<[string, Subjects[K]]>): void => {
    const mine = rules.filter(({ appliesTo }) => appliesTo === kind);
    if (mine.length === 0) return;
    for (const [file, subject] of subjects) {
      for (const rule of mine) findings.push(...runOne(rule, file, subject, context));
    }
  };
  run('text', withPaths(tree.files));
  run('stub', withPaths(tree.stubs));
  run('anchor', anchorsOf(tree, spec));
  run('board', withPaths(tree.board ? [tree.board] : []));
  run('registry', withPaths(tree.registry ? [tree.registry] : []));
  run('gates', withPaths(tree.gates ? [tree.gates] : []));
  run('validatorGates', withPaths(tree.validatorGates));
  run('mailbox', withPaths(tree.mailbox ? [tree.mailbox] : []));
  run('pointer', withPaths(tree.pointer ? [tree.pointer] : []));
  run('ledger', withPaths(tree.ledger));
  run('tree', [[tree.folder, tree]]);
  return sortFindings(findings);
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

function withPaths<T extends { path: string }>(subjects: readonly T[]): [string, T][] {
  return subjects.map((subject) => [subject.path, subject]);
}

/** Each anchor is resolved once, for all rules that look at it. */
function* anchorsOf(tree: GovTree, spec: SpecIndex | undefined): Generator<[string, Subjects['anchor']]> {
  if (spec === undefined) return;
  for (const stub of tree.stubs) {
    for (const candidate of stub.candidates) {
      yield [stub.path, { stub, candidate, result: resolveAnchor(spec, candidate.text) }];
    }
  }
}
