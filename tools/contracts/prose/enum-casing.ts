import { linePlace } from '../../findings/index.ts';
import type { SpecIndex } from '../../spec/index.ts';
import { append } from '../append.ts';
import { type Diagnostic, finding } from '../diagnostics.ts';
import { renamed } from '../dialects/rust-serde.ts';
import type { EnumNode, TypeNode } from '../ir.ts';

/** Fewer values than that share their words with anything. */
const FEWEST = 3;
/** So many of the values must be spelled: an enum and its table do not always agree on the last one. */
const SHARE = 0.8;

interface Spelling {
  node: EnumNode;
  how: 'in snake_case' | 'as it is written';
}

/** A list or table that spells the values of an enum. */
interface Spelled extends Spelling {
  file: string;
  line: number;
}

/**
 * Enums whose dialect names variants and says nowhere how they are written on the wire (Rust without
 * `rename_all`): keyed `casing:NAME`. A table or list anywhere in the spec that spells the values is related.
 */
export function enumCasings(index: SpecIndex, types: readonly TypeNode[]): Diagnostic[] {
  const open = types.filter((node): node is EnumNode => node.kind === 'enum' && node.casing === 'unstated');
  if (open.length === 0) return [];
  const spelled = spellings(index, open);
  return open.map((node) => {
    const places = spelled.filter((place) => place.node === node);
    const line = places[0] && `; line ${places[0].line} spells them ${places[0].how}`;
    const message = `Unexpected enum ${node.name} that does not say how its values are written, expected rename_all or an answer${line ?? ''}`;
    const related = places.map(({ file, line: at, how }) => ({
      place: linePlace(file, at),
      note: `spells the values ${how}`,
    }));
    const details = { args: { name: node.name }, related };
    return {
      key: `casing:${node.name}`,
      finding: finding('enum-casing', 'warning', node.evidence[0]!, message, details),
    };
  });
}

function spellings(index: SpecIndex, open: readonly EnumNode[]): Spelled[] {
  const words = new Map<string, Spelling[]>();
  for (const node of open)
    for (const { value } of node.members) {
      const text = String(value);
      const snake = renamed(text, 'snake_case', 'variant')!;
      for (const [word, how] of [[text, 'as it is written'] as const, [snake, 'in snake_case'] as const])
        append(words, word, { node, how });
    }
  return index.files.flatMap(({ path, lines, bodyLine }) => {
    const found: Spelled[] = [];
    const runs = new Map<string, { spelling: Spelling; words: Set<string>; from: number }>();
    const close = (): void => {
      for (const { spelling, words: seen, from } of runs.values())
        if (seen.size >= Math.max(FEWEST, spelling.node.members.length * SHARE))
          found.push({ ...spelling, file: path, line: from });
      runs.clear();
    };
    for (let at = bodyLine - 1; at < lines.length; at++) {
      const text = lines[at]!;
      if (!text.startsWith('|') && !text.startsWith('- ')) {
        if (runs.size > 0) close();
        continue;
      }
      for (const word of wordsOf(text))
        for (const spelling of words.get(word) ?? []) {
          const key = `${spelling.how} ${spelling.node.name}`;
          const run = runs.get(key);
          if (run) run.words.add(word);
          else runs.set(key, { spelling, words: new Set([word]), from: at + 1 });
        }
    }
    close();
    return found;
  });
}

/** The word that an item or row begins with, and all that stand in backticks. */
function wordsOf(text: string): string[] {
  const words = text.includes('`')
    ? [...text.slice(0, 500).matchAll(/`([A-Za-z][A-Za-z0-9_]*)`/g)].map((match) => match[1]!)
    : [];
  const first = /^(?:\| ?|- )\**([A-Za-z][A-Za-z0-9_]*)\**\s*(?:$|\|)/.exec(text)?.[1];
  if (first !== undefined) words.push(first);
  return words;
}
