import { linePlace } from '../../findings/index.ts';
import { append } from '../append.ts';
import { answerKey, type Diagnostic, finding } from '../diagnostics.ts';
import { type EventNode, type Evidence, type Field, refsOf, type TypeNode } from '../ir.ts';

interface Named {
  types: readonly TypeNode[];
  /** Of payloads and envelope. */
  fields: readonly Field[];
  all: ReadonlyMap<string, TypeNode>;
  archived: ReadonlyMap<string, TypeNode | EventNode>;
  needed: ReadonlySet<string>;
}

/** An error at the first use by what is needed, else a warning at the first use. */
export function undefinedTypes({ types, fields, all, archived, needed }: Named): Diagnostic[] {
  const uses = new Map<string, { at: Evidence; isNeeded: boolean }[]>();
  const note = (names: readonly string[], at: Evidence, isNeeded: boolean) => {
    for (const name of names) {
      const known = all.get(name);
      // What the overlay defines is an answer to the spec, and none to the overlay itself.
      if (known !== undefined && (at.dialect === 'overlay' || known.evidence[0]!.dialect !== 'overlay'))
        continue;
      append(uses, name, { at, isNeeded });
    }
  };
  const noteField = (field: Field, isNeeded: boolean) => {
    const answer = field.evidence.find(({ dialect }) => dialect === 'overlay');
    note(refsOf(field.type), answer ?? field.evidence[0]!, isNeeded);
  };
  for (const node of types) {
    const isNeeded = needed.has(node.name);
    if (node.kind === 'alias') note(refsOf(node.type), node.evidence[0]!, isNeeded);
    if (node.kind !== 'record') continue;
    note(node.extends ?? [], node.evidence[0]!, isNeeded);
    for (const field of node.fields) noteField(field, isNeeded);
  }
  for (const field of fields) noteField(field, true);
  return [...uses].map(([name, found]) => undefinedType(name, found, archived.get(name)?.evidence[0]));
}

function undefinedType(
  name: string,
  uses: readonly { at: Evidence; isNeeded: boolean }[],
  old: Evidence | undefined,
): Diagnostic {
  const first = uses.find(({ isNeeded }) => isNeeded) ?? uses[0]!;
  const message = `Unexpected type ${name}, expected one that the spec or the overlay defines${old ? `; only archived text does (line ${old.line})` : ''}`;
  const related = uses
    .filter((use) => use !== first)
    .map(({ at }) => ({ place: linePlace(at.file, at.line), note: 'used here too' }));
  if (old) related.push({ place: linePlace(old.file, old.line), note: 'archived or non-normative' });
  return {
    key: answerKey.define(name),
    finding: finding('undefined-type', first.isNeeded ? 'error' : 'warning', first.at, message, {
      args: { name },
      related,
    }),
  };
}
