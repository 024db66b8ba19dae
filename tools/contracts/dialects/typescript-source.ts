import { type Comment, type Program, parseSync } from 'oxc-parser';
import type { CodeBlock } from '../../spec/index.ts';
import { fingerprint } from '../../text/index.ts';
import { type Diagnostic, finding } from '../diagnostics.ts';
import type { Evidence } from '../ir.ts';
import { tooDeepAt } from './typescript-depth.ts';

export type Statement = Program['body'][number];

/** Where something stands in the text of a block. */
export interface Span {
  start: number;
  end: number;
}

/** A parsed TypeScript block: places, comments, and what is reported of it. */
export class TypeScriptSource {
  readonly diagnostics: Diagnostic[] = [];
  readonly body: Program['body'];
  readonly block: CodeBlock;
  readonly text: string;
  private readonly comments: readonly Comment[];
  private readonly commentOfLine = new Map<number, Comment>();
  private readonly lineStarts: number[] = [0];

  constructor(block: CodeBlock) {
    this.block = block;
    this.text = block.lines.join('\n');
    for (let at = this.text.indexOf('\n'); at >= 0; at = this.text.indexOf('\n', at + 1))
      this.lineStarts.push(at + 1);
    const deep = tooDeepAt(this.text);
    if (deep !== undefined) {
      this.body = [];
      this.comments = [];
      this.report(deep, 'outside-grammar', 'Unexpected TypeScript (nested too deep), expected declarations');
      return;
    }
    const { program, comments, errors } = parseSync('block.ts', this.text);
    this.body = program.body;
    this.comments = comments;
    for (const comment of comments) this.commentOfLine.set(this.lineOf(comment.start), comment);
    const error = errors[0];
    if (error) {
      const at = error.labels[0]?.start ?? 0;
      this.report(at, 'outside-grammar', `Unexpected TypeScript (${error.message}), expected declarations`);
    }
  }

  definition(name: string, node: Span, doc = '') {
    const lines = this.block.lines.slice(this.lineOf(node.start), this.lineOf(node.end) + 1);
    return {
      name,
      section: this.block.section?.number ?? '',
      fingerprint: fingerprint(lines),
      doc,
      evidence: [this.evidence(node.start)],
    };
  }

  evidence(offset: number): Evidence {
    return {
      file: this.block.file,
      line: this.block.line + 1 + this.lineOf(offset),
      dialect: 'typescript',
      confidence: 'stated',
    };
  }

  /** The comment at the end of the line on which a node ends. */
  trailing(node: Span): string {
    const comment = this.commentOfLine.get(this.lineOf(node.end));
    return comment === undefined || comment.start < node.end ? '' : comment.value.trim();
  }

  /** The comments between two places, as written. */
  between(from: number, to: number): string[] {
    return this.commentsIn(from, to).map(({ value }) => value);
  }

  /** A doc comment right above a node; a plain comment there heads a group, and says nothing of one field. */
  docAbove(from: number, node: Span): string {
    const last = this.commentsIn(from, node.start).at(-1);
    if (last?.type !== 'Block' || !last.value.startsWith('*')) return '';
    return last.value
      .split('\n')
      .map((line) => line.replace(/^\s*\*+\s?/, '').trim())
      .filter((line) => line !== '')
      .join(' ');
  }

  /** Comments stand in the order of the text: asked of every field, they are not all looked at. */
  private commentsIn(from: number, to: number): readonly Comment[] {
    const first = firstAt(this.comments.length, (at) => this.comments[at]!.start >= from);
    const after = firstAt(this.comments.length, (at) => this.comments[at]!.end > to);
    return this.comments.slice(first, after);
  }

  textOf(node: Span): string {
    return this.text.slice(node.start, node.end).replace(/\s+/g, ' ');
  }

  /** Line of an offset within the block, from 0. */
  private lineOf(offset: number): number {
    return firstAt(this.lineStarts.length, (at) => this.lineStarts[at]! > offset) - 1;
  }

  /** `owner` is the definition that it is about: what nobody generates is nobody's concern. */
  report(offset: number, rule: string, message: string, owner?: string): void {
    const raw = finding(rule, 'warning', this.evidence(offset), message);
    this.diagnostics.push({ ...(owner !== undefined && { owner }), finding: raw });
  }
}

/** The first place from which a condition holds, of places where it holds from some place on. */
function firstAt(length: number, holds: (at: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
