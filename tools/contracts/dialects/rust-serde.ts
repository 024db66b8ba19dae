import type { RustCursor } from './rust-cursor.ts';

/** What `#[serde(…)]` says of an item: `rename` → its value, `default` → empty. */
export type Serde = ReadonlyMap<string, string>;

/** Attributes up to the item that they stand above; of several, each adds its words. */
export function readAttribute(cursor: RustCursor, into: Map<string, string>): void {
  cursor.take('#');
  cursor.take('!');
  if (!(cursor.is('[') && cursor.is('serde', 1) && cursor.is('(', 2))) {
    if (cursor.is('[')) cursor.skipGroup();
    return;
  }
  cursor.next();
  cursor.next();
  cursor.next();
  while (!cursor.done && !cursor.take(')')) {
    const word = cursor.next().text;
    // `rename(serialize = "a", deserialize = "b")`: what is written counts.
    if (cursor.take('(')) {
      while (!cursor.done && !cursor.take(')')) {
        const side = cursor.next().text;
        if (side === 'serialize' && cursor.take('=')) into.set(word, cursor.next().text);
      }
    } else into.set(word, cursor.take('=') ? cursor.next().text : '');
    cursor.take(',');
  }
  cursor.take(']');
}

/** serde's own case rules, which know no acronyms: `FYI` in snake_case is `f_y_i`. Undefined = no such rule. */
export function renamed(name: string, rule: string, of: 'variant' | 'field'): string | undefined {
  const words = of === 'field' ? name.split('_') : name.split(/(?<!^)(?=[A-Z])/);
  const title = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1);
  const pascal = of === 'field' ? words.map(title).join('') : name;
  switch (rule) {
    case 'lowercase':
      return of === 'field' ? name : name.toLowerCase();
    case 'UPPERCASE':
      return name.toUpperCase();
    case 'PascalCase':
      return pascal;
    case 'camelCase':
      return pascal.slice(0, 1).toLowerCase() + pascal.slice(1);
    case 'snake_case':
      return words.join('_').toLowerCase();
    case 'SCREAMING_SNAKE_CASE':
      return words.join('_').toUpperCase();
    case 'kebab-case':
      return words.join('-').toLowerCase();
    case 'SCREAMING-KEBAB-CASE':
      return words.join('-').toUpperCase();
    default:
      return undefined;
  }
}
