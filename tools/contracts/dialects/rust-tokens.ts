/** A token of Rust; strings without their quotes, `doc` the text of a `///` line. Lines count from 0. */
export interface Token {
  kind: 'word' | 'text' | 'lifetime' | 'mark' | 'doc';
  text: string;
  line: number;
  /** Offset in the text of the block. */
  start: number;
  end: number;
}

export interface RustTokens {
  tokens: Token[];
  /** Comments behind code, by line. */
  trailing: Map<number, string>;
}

const BLANK = /\s+/y;
const WORD = /(?:r#)?[A-Za-z_][A-Za-z0-9_]*|\d[A-Za-z0-9_.]*/y;
const RAW = /b?r(#*)"/y;
const TEXT = /b?"((?:[^"\\]|\\[\s\S])*)"?/y;
const LIFETIME = /'([A-Za-z_][A-Za-z0-9_]*)(?!')/y;
const CHAR = /b?'(?:[^'\\\n]|\\[^\n])[^'\n]*'?/y;

/** Every pattern begins where the last one ended and none looks back, so that the whole is linear. */
export function readTokens(source: string): RustTokens {
  const tokens: Token[] = [];
  const trailing = new Map<number, string>();
  let line = 0;
  let at = 0;
  /** The last line on which a token ends. */
  let code = -1;
  const advance = (to: number): void => {
    for (let next = source.indexOf('\n', at); next >= 0 && next < to; next = source.indexOf('\n', next + 1))
      line++;
    at = to;
  };
  const push = (kind: Token['kind'], text: string, end: number): void => {
    tokens.push({ kind, text, line, start: at, end });
    advance(end);
    if (kind !== 'doc') code = line;
  };
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(source);
  };
  while (at < source.length) {
    const blank = match(BLANK);
    if (blank) advance(BLANK.lastIndex);
    else if (source.startsWith('//', at)) {
      const end = lineEnd(source, at);
      const comment = source.slice(at, end);
      const doc = /^\/\/\/(?!\/)(.*)/.exec(comment)?.[1];
      if (doc !== undefined) push('doc', doc.trim(), end);
      else {
        if (line === code) trailing.set(line, comment.replace(/^\/+!?/, '').trim());
        advance(end);
      }
    } else if (source.startsWith('/*', at)) advance(commentEnd(source, at));
    else {
      const raw = match(RAW);
      const text = raw ? null : match(TEXT);
      const lifetime = match(LIFETIME);
      if (raw) {
        const close = source.indexOf(`"${raw[1]!}`, RAW.lastIndex);
        const end = close < 0 ? source.length : close;
        push('text', source.slice(RAW.lastIndex, end), Math.min(end + 1 + raw[1]!.length, source.length));
      } else if (text) push('text', text[1]!, TEXT.lastIndex);
      else if (lifetime) push('lifetime', lifetime[1]!, LIFETIME.lastIndex);
      else if (match(CHAR)) push('text', '', CHAR.lastIndex);
      else {
        const word = match(WORD);
        if (word) push('word', word[0].replace(/^r#/, ''), WORD.lastIndex);
        else push('mark', source[at]!, at + 1);
      }
    }
  }
  return { tokens, trailing };
}

function lineEnd(source: string, from: number): number {
  const end = source.indexOf('\n', from);
  return end < 0 ? source.length : end;
}

/** Rust nests block comments. */
function commentEnd(source: string, from: number): number {
  const edge = /\/\*|\*\//g;
  edge.lastIndex = from + 2;
  let depth = 1;
  for (let found = edge.exec(source); found; found = edge.exec(source)) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  return source.length;
}
