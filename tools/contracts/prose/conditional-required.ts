import type { SpecIndex } from '../../spec/index.ts';
import { type Diagnostic, finding } from '../diagnostics.ts';
import type { EventNode, Evidence, Field, TypeNode } from '../ir.ts';
import { isSecondary } from '../secondary.ts';

const CONDITION = /\bREQUIRED (?:for|if|when|unless|only)\b[^;)"]*/;
const EXAMPLE = /^\s*"([a-z][a-z0-9_]*)": "[^"]*?\b(REQUIRED (?:for|if|when|unless|only)\b[^;)"]*)/;

/**
 * Comments and JSON examples that require a field under a condition. A type has two answers, required and
 * optional, and none of them is this one.
 */
export function conditionalRequireds(
  index: SpecIndex,
  types: readonly TypeNode[],
  events: readonly EventNode[],
  whole: boolean,
): Diagnostic[] {
  const found: Diagnostic[] = [];
  const look = (owner: string, fields: readonly Field[]): void => {
    for (const field of fields) {
      const condition = CONDITION.exec(field.doc)?.[0].trim();
      if (condition !== undefined)
        found.push(conditional(`${owner}.${field.name}`, condition, field.evidence[0]!, owner));
      if (field.type.kind === 'object') look(`${owner}.${field.name}`, field.type.fields);
    }
  };
  for (const node of types) {
    if (node.kind === 'record') look(node.name, node.fields);
    else if (node.kind === 'alias' && node.type.kind === 'object') look(node.name, node.type.fields);
  }
  for (const event of events) look(event.frId, event.payload);
  // An example belongs to no definition that somebody may have asked for.
  return [...found, ...(whole ? inExamples(index) : [])];
}

/** Of a contract that the spec gives by example alone, the example is all there is. */
function inExamples(index: SpecIndex): Diagnostic[] {
  return index.blocks
    .filter(
      ({ lang, section }) =>
        (lang === 'json' || lang === 'jsonc') && section?.kind !== 'roadmap' && !isSecondary(section, index),
    )
    .flatMap(({ file, line, lines }) =>
      lines.flatMap((text, at) => {
        if (text.length > 1000 || !text.includes('REQUIRED')) return [];
        const [, name, condition] = EXAMPLE.exec(text) ?? [];
        if (name === undefined || condition === undefined) return [];
        return [conditional(name, condition.trim(), { file, line: line + 1 + at }, name)];
      }),
    );
}

function conditional(
  path: string,
  condition: string,
  at: Evidence | { file: string; line: number },
  name: string,
): Diagnostic {
  const message = `Unexpected condition "${condition}" of ${path}, expected a field that is required or optional`;
  return { finding: finding('conditional-required', 'warning', at, message, { args: { name, condition } }) };
}
