import { type Diagnostic, finding } from '../diagnostics.ts';
import type { EnumNode, Evidence, RecordNode, TypeNode } from '../ir.ts';
import type { Answers } from '../overlay/answers.ts';
import { cased } from '../overlay/casing.ts';

/** Lays the overlay's words on casing and defaults over the definitions; a word on nothing is a finding. */
export function amend(all: Map<string, TypeNode>, { casing, defaults }: Answers): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const miss = (name: string, evidence: Evidence, what: string): void => {
    const message = `Unexpected ${name}, expected ${what}`;
    diagnostics.push({ finding: finding('overlay-target', 'error', evidence, message) });
  };
  for (const [name, { casing: how, evidence }] of casing) {
    const node = all.get(name);
    if (node?.kind === 'enum' && node.casing === 'unstated') all.set(name, recased(node, how, evidence));
    else miss(name, evidence, 'an enum that leaves open how its members are written');
  }
  for (const [name, { value, evidence }] of defaults) {
    const [owner = '', path] = name.split('.');
    const node = all.get(owner);
    if (node?.kind === 'enum' && path === undefined && node.members.some((member) => member.value === value))
      all.set(owner, { ...node, default: value as string | number, evidence: [...node.evidence, evidence] });
    else if (node?.kind === 'record' && hasOpenDefault(node, path))
      all.set(owner, withDefault(node, path!, value, evidence));
    else miss(name, evidence, 'an enum with that member, or a field without a default');
  }
  return diagnostics;
}

function recased(node: EnumNode, how: Parameters<typeof cased>[1], evidence: Evidence): EnumNode {
  const { casing: _, ...rest } = node;
  const members = node.members.map((member) => ({ ...member, value: cased(String(member.value), how) }));
  return { ...rest, members, evidence: [...node.evidence, evidence] };
}

function hasOpenDefault(node: RecordNode, path: string | undefined): boolean {
  return node.fields.some(({ name, default: stated }) => name === path && stated === undefined);
}

function withDefault(
  node: RecordNode,
  path: string,
  value: string | number | boolean,
  evidence: Evidence,
): RecordNode {
  const fields = node.fields.map((field) =>
    field.name === path
      ? { ...field, default: { kind: 'value' as const, value }, evidence: [...field.evidence, evidence] }
      : field,
  );
  return { ...node, fields };
}
