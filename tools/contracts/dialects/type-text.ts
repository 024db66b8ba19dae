import { PRIMS, type Prim, type Type } from '../ir.ts';

/** A type as the yaml dialect writes it; an inline enum has no name yet. */
export type ParsedType =
  | { kind: 'type'; type: Type; nullable: boolean }
  | { kind: 'enum'; members: string[]; nullable: boolean };

const NAMED = /^([A-Za-z][A-Za-z0-9]*)(\[\])?( \| null)?$/;
const ENUM = /^enum \[([A-Za-z0-9_]+(?:, [A-Za-z0-9_]+)*)\]( \| null)?$/;
const LITERAL = /^"([^"\\]*)"$/;

/** `string[] | null` is a nullable array: `[]` binds tighter than `| null`. Undefined = not in the grammar. */
export function parseType(text: string): ParsedType | undefined {
  const literal = LITERAL.exec(text);
  if (literal) return { kind: 'type', type: { kind: 'literal', value: literal[1]! }, nullable: false };
  if (text === 'true' || text === 'false') {
    return { kind: 'type', type: { kind: 'literal', value: text === 'true' }, nullable: false };
  }
  const members = ENUM.exec(text);
  if (members) return { kind: 'enum', members: members[1]!.split(', '), nullable: members[2] !== undefined };
  const named = NAMED.exec(text);
  if (!named) return undefined;
  const base = baseType(named[1]!);
  if (base === undefined) return undefined;
  const type: Type = named[2] === undefined ? base : { kind: 'array', of: base };
  return { kind: 'type', type, nullable: named[3] !== undefined };
}

function baseType(word: string): Type | undefined {
  if (isPrim(word)) return { kind: 'prim', name: word };
  return /^[A-Z]/.test(word) ? { kind: 'ref', name: word } : undefined;
}

function isPrim(word: string): word is Prim {
  return (PRIMS as readonly string[]).includes(word);
}
