import type { Confidence, Literal, Prim, Type } from '../ir.ts';

/** What a trailing comment says beyond prose: defaults, formats, keys, limits. */
export interface Mined {
  format?: Prim;
  default?: { kind: 'value'; value: Literal } | { kind: 'from'; record: string; field: string };
  /** A default that does not fit the field's type, or lies outside its own bounds. */
  badDefault?: string;
  fk?: string;
  nullMeaning?: string;
  bounds?: { min?: number; max?: number; confidence: Confidence };
  open?: string[];
  hard?: boolean;
}

const FORMATS: [RegExp, Prim][] = [
  [/^(?:stable )?uuid(?=$|[;,.])/i, 'uuid'],
  [/^iso ?8601\b/i, 'datetime'],
  [/^rfc ?3339\b/i, 'datetime'],
  [/^sha-?256\b/i, 'sha256'],
];

/** Comments carry what the type line cannot; `members` are those of an inline enum. */
export function mine(comment: string, type: Type, nullable: boolean, members: string[] = []): Mined {
  const mined: Mined = {};
  // In TypeScript blocks a comma parts them too: `Default: 5, Range: [1, 20]`.
  const clauses = comment.split(/;\s*|,\s+(?=(?:default|range|min|max)\b)/i).map((clause) => clause.trim());
  const isString = type.kind === 'prim' && type.name === 'string';
  if (isString) {
    const format = FORMATS.find(([pattern]) => pattern.test(comment));
    if (format) mined.format = format[1];
    const open = openVocabulary(comment);
    if (open) mined.open = open;
  }
  // TypeScript has one kind of number; that one is whole, only a comment can say.
  const isPlainNumber = type.kind === 'prim' && type.name === 'number';
  if (isPlainNumber && clauses.some((clause) => /^int(?:eger)?$/i.test(clause))) mined.format = 'int';
  const bounds = isNumber(type) ? boundsIn(clauses) : undefined;
  if (bounds) mined.bounds = bounds;
  for (const clause of clauses) {
    const stated = /^default:? (.+)$/i.exec(clause)?.[1]?.replace(/ \([^()]*\)$/, '');
    if (stated !== undefined) {
      const value = literalOf(stated, type, members);
      if (value === undefined || isOutside(value, bounds)) mined.badDefault = stated;
      else mined.default = { kind: 'value', value };
    }
    const from = /^from ([A-Z][A-Za-z0-9]*)\.([a-z0-9_]+)$/.exec(clause);
    if (from) mined.default = { kind: 'from', record: from[1]!, field: from[2]! };
    const fk = /^FK (?:→|->) (.+)$/.exec(clause)?.[1];
    if (fk !== undefined) mined.fk = fk;
    if (nullable && /^null (?:=|if|for|until|unless|while) /.test(clause)) mined.nullMeaning = clause;
    if (/\bhard (?:ceiling|cap)\b/i.test(clause)) mined.hard = true;
  }
  return mined;
}

const NUMBER = String.raw`(-?\d+(?:\.\d+)?)`;
const RANGE = new RegExp(String.raw`^range:? \[${NUMBER}, ?${NUMBER}\]$`, 'i');
/** `0..1`, `0-100`, `0.0 - 1.0 (approx)`. */
const SPAN = new RegExp(String.raw`^${NUMBER} ?(?:\.\.|-) ?${NUMBER}(?=$|[ ,])`);
const LOWEST = new RegExp(`^(?:min:?|>=) ${NUMBER}$`, 'i');
const HIGHEST = new RegExp(`^(?:max:?|<=) ${NUMBER}$`, 'i');

/** A recommendation bounds nothing. That nothing lies below an ordinal's zero is concluded, and not enforced. */
function boundsIn(clauses: readonly string[]): Mined['bounds'] {
  const bounds: { min?: number; max?: number } = {};
  for (const clause of clauses) {
    if (/\brecommended\b/i.test(clause)) continue;
    const both = RANGE.exec(clause) ?? SPAN.exec(clause);
    if (both && Number(both[1]) <= Number(both[2])) {
      bounds.min = Number(both[1]);
      bounds.max = Number(both[2]);
    }
    const [, min] = LOWEST.exec(clause) ?? [];
    const [, max] = HIGHEST.exec(clause) ?? [];
    if (min !== undefined) bounds.min = Number(min);
    if (max !== undefined) bounds.max = Number(max);
  }
  if (bounds.min !== undefined || bounds.max !== undefined) return { ...bounds, confidence: 'mined' };
  return clauses.some((clause) => /^0 = /.test(clause)) ? { min: 0, confidence: 'inferred' } : undefined;
}

function isOutside(value: Literal, bounds: Mined['bounds']): boolean {
  if (typeof value !== 'number' || bounds === undefined) return false;
  return value < (bounds.min ?? value) || value > (bounds.max ?? value);
}

function isNumber(type: Type): boolean {
  return type.kind === 'prim' && (type.name === 'int' || type.name === 'number');
}

function literalOf(text: string, type: Type, members: string[]): Literal | undefined {
  const quoted = /^"([^"]*)"$/.exec(text)?.[1];
  if (members.length > 0) return members.includes(quoted ?? text) ? (quoted ?? text) : undefined;
  if (type.kind === 'union') return literalsOf(type).find((value) => String(value) === (quoted ?? text));
  // Whether the type that is named has such a member shows when all definitions are there.
  if (type.kind === 'ref') return quoted;
  if (type.kind !== 'prim') return undefined;
  switch (type.name) {
    case 'bool':
      return text === 'true' ? true : text === 'false' ? false : undefined;
    case 'int':
      return /^-?\d+$/.test(text) ? Number(text) : undefined;
    case 'number':
      return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
    case 'string':
      return quoted ?? (/\s/.test(text) ? undefined : text);
    default:
      return undefined;
  }
}

function literalsOf(type: Type & { kind: 'union' }): Literal[] {
  return type.of.flatMap((member) => (member.kind === 'literal' ? [member.value] : []));
}

/** `e.g., "a", "b"` and `A / B / custom` name examples. They say what may come, not what alone may come. */
function openVocabulary(comment: string): string[] | undefined {
  const listed = /^(?:open vocabulary: )?(\w[\w-]*(?: \/ \w[\w-]*)+)$/.exec(comment)?.[1];
  if (listed !== undefined) return listed.split(' / ');
  const marked = /^open vocabulary: ([^;]+)/.exec(comment)?.[1];
  if (marked !== undefined) return marked.split(/,\s*/);
  if (/^open vocabulary\b/.test(comment)) return [];
  if (!/\be\.g\./.test(comment)) return undefined;
  return [...comment.matchAll(/"([^"]+)"/g)].map((match) => match[1]!);
}
