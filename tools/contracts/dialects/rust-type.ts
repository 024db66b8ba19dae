import type { Type } from '../ir.ts';
import type { RustCursor } from './rust-cursor.ts';

/** How deep a type is followed; what nests deeper is nobody's contract. */
const DEEPEST = 24;

const prim = (name: Extract<Type, { kind: 'prim' }>['name']): Type => ({ kind: 'prim', name });

/** As serde writes them. */
const NAMED: ReadonlyMap<string, Type> = new Map([
  ...['String', 'str', 'char', 'PathBuf', 'Path'].map((name) => [name, prim('string')] as const),
  ...['u8', 'u16', 'u32', 'u64', 'u128', 'usize', 'i8', 'i16', 'i32', 'i64', 'i128', 'isize'].map(
    (name) => [name, prim('int')] as const,
  ),
  ...['f32', 'f64'].map((name) => [name, prim('number')] as const),
  ['bool', prim('bool')],
  ...['Uuid', 'UUID'].map((name) => [name, prim('uuid')] as const),
  ...['Timestamp', 'ISO8601Timestamp'].map((name) => [name, prim('datetime')] as const),
]);
const LISTS = new Set(['Vec', 'VecDeque', 'HashSet', 'BTreeSet', 'IndexSet']);
const MAPS = new Set(['HashMap', 'BTreeMap', 'IndexMap']);
/** They leave no trace on the wire. */
const BOXES = new Set(['Box', 'Arc', 'Rc', 'Cow']);

export interface RustType {
  type: Type;
  nullable: boolean;
}

/** A type up to the mark that ends it. Undefined where it is none that the type model carries. */
export function readType(cursor: RustCursor, depth = 0): RustType | undefined {
  if (depth > DEEPEST) return undefined;
  if (cursor.take('&')) {
    if (cursor.peek().kind === 'lifetime') cursor.next();
    cursor.take('mut');
    return readType(cursor, depth + 1);
  }
  if (cursor.take('[')) return slice(cursor, depth);
  if (cursor.take('(')) return tuple(cursor, depth);
  const path = readPath(cursor);
  if (path === undefined) return undefined;
  const args = cursor.is('<') ? readArguments(cursor, depth) : [];
  return args && named(path, args);
}

function slice(cursor: RustCursor, depth: number): RustType | undefined {
  const of = readType(cursor, depth + 1);
  if (cursor.is(';')) cursor.skipTo(']');
  return of && cursor.take(']') ? plain({ kind: 'array', of: whole(of) }) : undefined;
}

function tuple(cursor: RustCursor, depth: number): RustType | undefined {
  const of: RustType[] = [];
  let list = false;
  while (!cursor.take(')')) {
    const member = readType(cursor, depth + 1);
    if (member === undefined) return undefined;
    of.push(member);
    if (cursor.take(',')) list = true;
    else if (!cursor.is(')')) return undefined;
  }
  if (of.length === 0) return plain({ kind: 'null' });
  return of.length === 1 && !list ? of[0] : plain({ kind: 'tuple', of: of.map(whole) });
}

/** `std::collections::HashMap`: its words. Not `dyn Trait`, `impl Trait`, `fn(A) -> B`. */
function readPath(cursor: RustCursor): string[] | undefined {
  const words: string[] = [];
  do {
    const word = cursor.word();
    if (word === undefined || /^(?:dyn|impl|fn|for|Self|\d.*)$/.test(word)) return undefined;
    words.push(word);
  } while (cursor.is(':') && cursor.is(':', 1) && cursor.next() && cursor.next());
  return words;
}

function readArguments(cursor: RustCursor, depth: number): RustType[] | undefined {
  cursor.take('<');
  const args: RustType[] = [];
  while (!cursor.take('>')) {
    if (cursor.peek().kind === 'lifetime') cursor.next();
    else {
      const argument = readType(cursor, depth + 1);
      if (argument === undefined) return undefined;
      args.push(argument);
    }
    if (!cursor.take(',') && !cursor.is('>')) return undefined;
  }
  return args;
}

function named(path: string[], args: RustType[]): RustType | undefined {
  const name = path.at(-1)!;
  const [first, second] = args;
  if (name === 'Value' && path.at(-2) === 'serde_json') return plain(prim('json'));
  if (name === 'DateTime' && args.length <= 1) return plain(prim('datetime'));
  if (args.length === 0) return plain(NAMED.get(name) ?? { kind: 'ref', name });
  if (args.length === 1 && name === 'Option') return { type: first!.type, nullable: true };
  if (args.length === 1 && BOXES.has(name)) return first;
  if (args.length === 1 && LISTS.has(name)) return plain({ kind: 'array', of: whole(first!) });
  if (args.length === 2 && MAPS.has(name) && isKey(first!)) return plain({ kind: 'map', of: whole(second!) });
  return undefined;
}

function isKey({ type, nullable }: RustType): boolean {
  return !nullable && type.kind === 'prim' && (type.name === 'string' || type.name === 'uuid');
}

function plain(type: Type): RustType {
  return { type, nullable: false };
}

/** Inside another type, null is one of the values. */
function whole({ type, nullable }: RustType): Type {
  return nullable ? { kind: 'union', of: [type, { kind: 'null' }] } : type;
}
