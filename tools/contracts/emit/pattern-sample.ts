/** What may stand for one character of a pattern, letters first: samples are read by people. */
const PRINTABLE = ['a', 'A', '0', ...Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at))];
const DEEPEST = 50;
const LONGEST = 1000;

/** A short text that the pattern matches: first alternatives, fewest repetitions. `undefined` where that fails. */
export function patternSample(pattern: string): string | undefined {
  const sample = new PatternReader(pattern).alternatives(0);
  return sample !== undefined && new RegExp(pattern, 'u').test(sample) ? sample : undefined;
}

/** A whole atom that takes one character: a class, an escape, or the character itself. */
const ONE =
  /\[(?:[^\]\\]|\\.)*\]|\\(?:u\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|p\{[^}]*\}|P\{[^}]*\}|.)|[\s\S]/uy;
const QUANTIFIER = /(?:[*?]|\+|\{(\d+)(?:,\d*)?\})\??/y;
const GROUP = /\((?:\?:|\?<[A-Za-z]\w*>)?(?!\?)/y;

class PatternReader {
  private at = 0;
  private readonly pattern: string;

  constructor(pattern: string) {
    this.pattern = pattern;
  }

  /** Reads up to the end of the group, or of the pattern, and keeps the first alternative. */
  alternatives(depth: number): string | undefined {
    if (depth > DEEPEST) return undefined;
    let kept: string | undefined;
    let text = '';
    while (this.at < this.pattern.length && this.pattern[this.at] !== ')') {
      if (this.pattern[this.at] === '|') {
        this.at += 1;
        kept ??= text;
        text = '';
        continue;
      }
      const atom = this.atom(depth);
      if (atom === undefined) return undefined;
      const repeated = atom.repeat(Math.min(this.least(), LONGEST));
      if (text.length + repeated.length > LONGEST) return undefined;
      text += repeated;
    }
    return kept ?? text;
  }

  private atom(depth: number): string | undefined {
    const group = this.take(GROUP);
    if (group !== undefined) {
      const inner = this.alternatives(depth + 1);
      this.at += 1;
      return inner;
    }
    const one = this.take(ONE)?.[0] ?? '';
    if (one === '^' || one === '$' || one === '\\b') return '';
    // What is no atom by itself (a lookaround, a back reference) is a pattern that is not followed.
    try {
      const matches = new RegExp(`^(?:${one})$`, 'u');
      return [one, ...PRINTABLE, ...one, '\n', '\t'].find((text) => matches.test(text));
    } catch {
      return undefined;
    }
  }

  private least(): number {
    const quantifier = this.take(QUANTIFIER);
    if (quantifier === undefined) return 1;
    if (quantifier[1] !== undefined) return Number(quantifier[1]);
    return quantifier[0].startsWith('+') ? 1 : 0;
  }

  private take(form: RegExp): RegExpExecArray | undefined {
    form.lastIndex = this.at;
    const found = form.exec(this.pattern) ?? undefined;
    if (found) this.at = form.lastIndex;
    return found;
  }
}
