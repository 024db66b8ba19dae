import { linePlace } from '../../findings/index.ts';
import { type SpecIndex, sectionAt } from '../../spec/index.ts';
import { append } from '../append.ts';
import { type Diagnostic, finding } from '../diagnostics.ts';
import type { Evidence, Field, TypeNode } from '../ir.ts';
import { sentencesOf } from './sentences.ts';

/** `Default: \`X\``, `defaults to \`X\``, `the \`X\` strategy (default)`. */
const VALUE =
  /\bdefaults?(?: value)?(?: to| is|:)? ?`([A-Za-z0-9_]+)`|`([A-Za-z0-9_]+)`(?: [a-z]+)? \((?:the )?default\b/gi;
/** `\`field\` defaults to 3`, `\`field\` (default: 2000)`. */
const FIELD = /`([a-z][a-z0-9_]*)`(?: \(| )?defaults?(?: to|: ?| is| =)? ?`?([A-Za-z0-9_.]+)`?/g;

interface Target {
  /** The definition, or the field of one. */
  name: string;
  evidence: Evidence;
}

/**
 * Defaults that prose gives to values or fields that are defined in the same section, where no field carries
 * one: whoever generates from the block alone does not see them. Keyed `default:NAME` or `default:NAME.field`.
 */
export function defaultsInProse(index: SpecIndex, types: readonly TypeNode[]): Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  const note = (target: Target, value: string, at: { file: string; line: number }): void => {
    const key = `default:${target.name}`;
    if (found.has(key)) return;
    const message = `Unexpected default ${value} of ${target.name} in prose, expected it where ${target.name} is defined`;
    const related = [{ place: linePlace(target.evidence.file, target.evidence.line), note: target.name }];
    const details = { args: { name: target.name, value }, related };
    found.set(key, { key, finding: finding('default-in-prose', 'warning', at, message, details) });
  };
  for (const [id, nodes] of bySection(index, types)) {
    const section = index.sections[id]!;
    const values = valuesOf(nodes);
    const fields = fieldsOf(nodes);
    for (const { text, file, line } of sentencesOf(index, section)) {
      if (!/\bdefault/i.test(text)) continue;
      for (const match of text.matchAll(VALUE)) {
        const value = match[1] ?? match[2]!;
        for (const target of values.get(value) ?? []) note(target, value, { file, line });
      }
      for (const match of text.matchAll(FIELD))
        for (const target of fields.get(match[1]!) ?? []) note(target, match[2]!, { file, line });
    }
  }
  return [...found.values()];
}

function bySection(index: SpecIndex, types: readonly TypeNode[]): Map<number, TypeNode[]> {
  const sections = new Map<number, TypeNode[]>();
  for (const node of types) {
    const at = node.evidence[0]!;
    const section = at.dialect === 'overlay' ? undefined : sectionAt(index, at.file, at.line);
    if (section) append(sections, section.id, node);
  }
  return sections;
}

/** Values to what they are values of: an enum, or a field that spells its values out. */
function valuesOf(nodes: readonly TypeNode[]): Map<string, Target[]> {
  const values = new Map<string, Target[]>();
  const add = (value: unknown, target: Target): void => {
    if (typeof value === 'string') append(values, value, target);
  };
  // A field of the enum that has a default says it where it belongs.
  const settled = new Set(
    nodes.flatMap((node) => (node.kind === 'record' ? node.fields.filter(hasDefault) : [])).map(refName),
  );
  for (const node of nodes) {
    const target = { name: node.name, evidence: node.evidence[0]! };
    if (node.kind === 'enum' && !settled.has(node.name))
      for (const { value } of node.members) add(value, target);
    for (const field of recordFields(node)) {
      if (field.type.kind !== 'union' || hasDefault(field)) continue;
      const own = { name: `${node.name}.${field.name}`, evidence: field.evidence[0]! };
      for (const member of field.type.of) if (member.kind === 'literal') add(member.value, own);
    }
  }
  return values;
}

function fieldsOf(nodes: readonly TypeNode[]): Map<string, Target[]> {
  const fields = new Map<string, Target[]>();
  for (const node of nodes)
    for (const field of recordFields(node)) {
      if (hasDefault(field)) continue;
      const target = { name: `${node.name}.${field.name}`, evidence: field.evidence[0]! };
      append(fields, field.name, target);
    }
  return fields;
}

/** `type A = { … }` is a record that has been given the form of an alias. */
function recordFields(node: TypeNode): Field[] {
  if (node.kind === 'record') return node.fields;
  return node.kind === 'alias' && node.type.kind === 'object' ? node.type.fields : [];
}

function hasDefault({ default: value }: Field): boolean {
  return value !== undefined;
}

function refName({ type }: Field): string {
  return type.kind === 'ref' ? type.name : '';
}
