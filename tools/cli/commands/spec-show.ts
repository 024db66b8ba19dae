import { UsageError } from '../../findings/index.ts';
import { worktreeSnapshot } from '../../snapshot/index.ts';
import { type Passage, passagesOf, type SpecIndex, sectionsByNumber } from '../../spec/index.ts';
import { withCandidates } from '../candidates.ts';
import type { Call, ExitCode } from '../command.ts';
import { loadCallSpec, value } from '../load.ts';
import { nextCommand, quoted } from '../next.ts';
import { count, type Output } from '../output.ts';
import { findingOf, linesOf, reportOf, type Selection, sectionsWithin } from '../passages.ts';
import { findingsReport } from '../reporters/findings.ts';
import {
  headerOf,
  type NumberedLine,
  printContents,
  printText,
  printUnresolved,
  rowsOf,
} from '../reporters/passage.ts';
import { printTree } from '../reporters/sections.ts';
import { placeOf } from '../sections.ts';

/** A screen and a half; what was asked for by line is printed whole. */
const MAX_LINES = 78;

/** What an anchor names, as it stands in the spec. Exit 1 when a part of it names nothing, or several. */
export async function run(call: Call): Promise<ExitCode> {
  const wanted = selectionOf(call);
  if (call.args[0]!.trim() === '') throw new UsageError('Unexpected empty anchor, expected a section');
  const index = await loadCallSpec(call, worktreeSnapshot(call.root));
  const passages = passagesOf(index, call.args[0]!).map((passage) => ({
    ...passage,
    result: withCandidates(index, passage.result, passage.asked),
  }));
  const failed = passages.filter(({ span }) => !span);
  if (call.json) {
    if (failed.length > 0)
      call.out.json(
        findingsReport(
          call.root,
          failed.map((one) => findingOf(index, one)),
        ),
      );
    else call.out.json(reportOf(index, passages, wanted));
  } else if (wanted.plain) {
    for (const one of failed) printFailure(call, index, one);
    const text = passages.flatMap((one) => linesOf(index, one, wanted)).map(({ text: line }) => line);
    if (failed.length === 0) call.out.raw(`${text.join('\n')}\n`);
  } else {
    print(call, index, passages, wanted);
  }
  return failed.length > 0 ? 1 : 0;
}

function selectionOf(call: Call): Selection {
  const text = value(call, 'lines');
  const [own, outline, plain] = ['own', 'outline', 'plain'].map((flag) => call.flags.has(flag));
  if ([own, outline, text !== undefined].filter(Boolean).length > 1) {
    throw new UsageError('--own, --outline and --lines exclude each other');
  }
  if (outline && plain) throw new UsageError('--outline and --plain exclude each other');
  const selection = { own: own === true, outline: outline === true, plain: plain === true };
  if (text === undefined) return selection;
  const match = /^(\d{1,9})(?:(-)(\d{1,9})?)?$/.exec(text);
  const from = Number(match?.[1]);
  const to = match?.[3] === undefined ? (match?.[2] ? Number.MAX_SAFE_INTEGER : from) : Number(match[3]);
  if (!match || to < from) {
    throw new UsageError(
      `--lines ${text}: expected A-B, A- or A, lines of the file as the command shows them`,
    );
  }
  return { ...selection, lines: { from, to } };
}

function print(call: Call, index: SpecIndex, passages: readonly Passage[], wanted: Selection): void {
  const { out } = call;
  const heads = passages.map((passage) => headerOf(out, index, passage));
  const texts = passages.map((passage) => (wanted.outline ? [] : linesOf(index, passage, wanted)));
  const total = [...heads, ...texts].reduce((sum, lines) => sum + lines.length + 1, 0);
  if (passages.length > 1 && total > MAX_LINES && !wanted.lines) {
    printContents(out, passages);
    const first = passages.find(({ span }) => span);
    if (first)
      out.line(
        `${out.dim('next')}   ${nextCommand(call, `spec show ${quoted(first.asked)}`)}      or --plain for the text of all`,
      );
    return;
  }
  for (const [at, passage] of passages.entries()) {
    if (at > 0) out.line();
    const head = heads[at]!;
    if (!passage.span) {
      printFailure(call, index, passage);
      continue;
    }
    for (const line of head) out.line(line);
    out.line();
    if (wanted.outline) printOutline(call, index, passage);
    else
      printCut(
        call,
        passage,
        texts[at]!,
        wanted.lines ? Number.MAX_SAFE_INTEGER : MAX_LINES - head.length - 1,
      );
  }
}

/** As many lines as there is room for, and how to see the rest. */
function printCut(call: Call, { asked, span }: Passage, lines: readonly NumberedLine[], room: number): void {
  const { out } = call;
  const all = fitting(out, lines, room);
  const shown = all === lines.length ? lines : lines.slice(0, fitting(out, lines, room - 3));
  printText(out, shown);
  const first = lines[shown.length];
  if (!first) return;
  const last = lines.slice(0, shown.length + MAX_LINES).at(-1)!;
  const left = count(lines.length - shown.length, 'more line');
  out.line(out.dim(`… ${left} (--plain prints all, --outline what it holds)`));
  out.line();
  const end = first.file === last.file ? `${last.line}` : '';
  const target = /[^\w.:/-]/.test(asked) ? placeOf(span!) : asked;
  out.line(`${out.dim('next')}   ${nextCommand(call, `spec show ${target} --lines ${first.line}-${end}`)}`);
}

/** How many lines take at most so many rows of the terminal. */
function fitting(out: Output, lines: readonly NumberedLine[], rows: number): number {
  let used = 0;
  const over = lines.findIndex((line) => {
    used += rowsOf(out, lines, line).length;
    return used > rows;
  });
  return over < 0 ? lines.length : over;
}

function printOutline(call: Call, index: SpecIndex, passage: Passage): void {
  const { container, number } = passage.result.section!;
  const within = sectionsWithin(index, passage);
  const options = { aside: container === undefined, ...(number !== undefined && { below: number }) };
  if (within.length === 0) call.out.line('no section within it');
  else printTree(call, index, within, options);
}

function printFailure(call: Call, index: SpecIndex, passage: Passage): void {
  const { out } = call;
  printUnresolved(out, index, passage);
  out.line();
  out.line(`${out.dim('next')}   ${nextOf(call, index, passage)}`);
}

function nextOf(call: Call, index: SpecIndex, { result }: Passage): string {
  const [first] = result.candidates;
  if (first) return nextCommand(call, `spec show ${placeOf(first)}`);
  const parts = result.query.number?.split('.') ?? [];
  for (parts.pop(); parts.length > 0; parts.pop()) {
    const number = parts.join('.');
    if (sectionsByNumber(index, number).length > 0)
      return `${nextCommand(call, `spec list ${number}`)}      what there is`;
  }
  return nextCommand(call, 'spec list');
}
