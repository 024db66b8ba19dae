import type { Type } from '../ir.ts';

/** Type names of field tables that are no definitions. */
const NAMED: ReadonlyMap<string, Type> = new Map(
  (
    [
      ['string', 'string'],
      ['text', 'string'],
      ['int', 'int'],
      ['integer', 'int'],
      ['number', 'number'],
      ['float', 'number'],
      ['bool', 'bool'],
      ['boolean', 'bool'],
      ['uuid', 'uuid'],
      ['timestamp', 'datetime'],
      ['datetime', 'datetime'],
      ['sha256', 'sha256'],
      ['json', 'json'],
    ] as const
  ).map(([word, name]) => [word, { kind: 'prim', name }]),
);

/** A cell as tables write types: `[EntityRef]`, `string[]?`, `EntityRef | SourceRef`. Undefined = not one. */
export function parseTableType(cell: string): { type: Type; optional: boolean } | undefined {
  const text = cell.replaceAll('`', '').trim();
  const optional = text.endsWith('?');
  const members = (optional ? text.slice(0, -1) : text).split(' | ').map(memberType);
  if (members.some((member) => member === undefined)) return undefined;
  const of = members.filter((member) => member !== undefined);
  return { type: of.length === 1 ? of[0]! : { kind: 'union', of }, optional };
}

function memberType(text: string): Type | undefined {
  const word = /^(?:\[(\w+)\]|(\w+)\[\]|(\w+))$/.exec(text);
  const name = word?.[1] ?? word?.[2] ?? word?.[3];
  if (name === undefined) return undefined;
  const base = NAMED.get(name.toLowerCase()) ?? (/^[A-Z]/.test(name) ? { kind: 'ref', name } : undefined);
  return base && word?.[3] === undefined ? { kind: 'array', of: base } : base;
}

const VALUE = /`([A-Za-z0-9_]+)`(?: \([^()`]*\))?/.source;
const LIST = new RegExp(String.raw`^${VALUE}(?:(?:,? or |, | \| | \/ )${VALUE})+(?=$|[.;] ?| \()`);

/**
 * The values that a description begins with: "`strict`, `normal`, or `experimental`". Examples are no values
 * ("Logical type (e.g., `doc_edit`)"): what they leave out may come, too.
 */
export function listedValues(description: string): string[] | undefined {
  const list = /\be\.g\./.test(description) ? undefined : LIST.exec(description)?.[0];
  return list === undefined
    ? undefined
    : [...list.matchAll(new RegExp(VALUE, 'g'))].map((match) => match[1]!);
}
