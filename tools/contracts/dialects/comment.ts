import type { Confidence, Literal, Prim, Type } from '../ir.ts';

/** What a trailing comment says beyond prose: defaults, formats, keys, limits. */
export interface Mined {
  format?: Prim;
  default?: { kind: 'value'; value: Literal } | { kind: 'from'; record: string; field: string };
  /** A default that does not fit the field's type. */
  badDefault?: string;
  fk?: string;
  nullMeaning?: string;
  bounds?: { min: number; confidence: Confidence };
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
  const clauses = comment.split(/;\s*/).map((clause) => clause.trim());
  const isString = type.kind === 'prim' && type.name === 'string';
  if (isString) {
    const format = FORMATS.find(([pattern]) => pattern.test(comment));
    if (format) mined.format = format[1];
    const open = openVocabulary(comment);
    if (open) mined.open = open;
  }
  for (const clause of clauses) {
    const stated = /^default (\S+)$/.exec(clause)?.[1];
    if (stated !== undefined) {
      const value = literalOf(stated, type, members);
      if (value === undefined) mined.badDefault = stated;
      else mined.default = { kind: 'value', value };
    }
    const from = /^from ([A-Z][A-Za-z0-9]*)\.([a-z0-9_]+)$/.exec(clause);
    if (from) mined.default = { kind: 'from', record: from[1]!, field: from[2]! };
    const fk = /^FK (?:→|->) (.+)$/.exec(clause)?.[1];
    if (fk !== undefined) mined.fk = fk;
    if (nullable && /^null (?:=|if|for|until|unless|while) /.test(clause)) mined.nullMeaning = clause;
    if (/^0 = /.test(clause)) mined.bounds = { min: 0, confidence: 'inferred' };
    if (/\bhard (?:ceiling|cap)\b/i.test(clause)) mined.hard = true;
  }
  return mined;
}

function literalOf(text: string, type: Type, members: string[]): Literal | undefined {
  if (members.length > 0) return members.includes(text) ? text : undefined;
  if (type.kind !== 'prim') return undefined;
  switch (type.name) {
    case 'bool':
      return text === 'true' ? true : text === 'false' ? false : undefined;
    case 'int':
      return /^-?\d+$/.test(text) ? Number(text) : undefined;
    case 'number':
      return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
    case 'string':
      return text.replace(/^"(.*)"$/, '$1');
    default:
      return undefined;
  }
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
