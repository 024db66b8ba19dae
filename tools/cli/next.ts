import type { Call } from './command.ts';

/** The next command as it is printed: `gov WORDS`, with `--root` and `--spec` where this call was given them. */
export function nextCommand(call: Call, words: string): string {
  const { root, spec } = call.given ?? {};
  return [
    `gov ${words}`,
    ...(root === undefined ? [] : [`--root ${quoted(root)}`]),
    ...(spec === undefined ? [] : [`--spec ${quoted(spec)}`]),
  ].join(' ');
}

/** As a shell takes it for one word. */
export function quoted(text: string): string {
  return /^[\w.:/@^+-][\w.:/@^~+-]*$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The options of this call as they were typed, but for those that the next one says anew; where to look, `nextCommand` says. */
export function repeated(call: Call, but: readonly string[] = []): string {
  const left = Object.entries(call.values).filter(([name]) => !['root', 'spec', 'db', ...but].includes(name));
  return left.flatMap(([name, texts]) => texts.map((text) => `--${name} ${quoted(text)}`)).join(' ');
}
