import { type Stage, stateWord, type WpItem, type WpStatus } from '../../gate/index.ts';
import type { Call } from '../command.ts';
import { nextCommand, quoted } from '../next.ts';
import { columns, count, cut, cutStart, fold, type Output, pad, wrap } from '../output.ts';
import { printFindings } from './findings.ts';
import { overruledText } from './overruled.ts';

const STEPS: readonly (readonly [Stage, string])[] = [
  ['STUB', 'STUB'],
  ['REFINEMENT', 'refine'],
  ['APPROVAL', 'approve'],
  ['SIGNATURE', 'sign'],
  ['PREPARE', 'prepare'],
  ['PACKET', 'create'],
  ['READY', 'READY'],
];

const LABELS: Record<WpItem['intent'], string> = {
  main_body: 'main body',
  refinement_block: 'refinement block',
  signature: 'signature',
  refinement_file: 'refinement file',
  packet: 'task packet',
  copy_notes: 'notes copied',
  board: 'task board',
  registry: 'registry',
  other: 'other',
};

/** One work packet: where it stands, each item with its evidence, what is next. */
export function printGate(call: Call, status: WpStatus): void {
  const { out } = call;
  out.line(out.bold(status.wp_id));
  out.line(STEPS.map(([, word]) => word).join(' ─ '));
  const before = STEPS.slice(
    0,
    STEPS.findIndex(([stage]) => stage === status.stage),
  );
  const offset = before.reduce((sum, [, word]) => sum + word.length + 3, 0);
  out.line(`${' '.repeat(offset + 2)}▲`);
  out.line();
  for (const item of status.items) {
    // What is proven needs one line of proof on a screen; `--json` has all of it.
    const evidence = item.state === 'PASS' ? evidenceOf(item).slice(0, 1) : evidenceOf(item);
    printRow(out, String(item.index), LABELS[item.intent], stateWord(item), evidence);
  }
  for (const blocker of status.blockers)
    printRow(out, '', 'blocker', 'open', [
      { detail: blocker.detail, places: [`${blocker.file}:${blocker.line}`] },
    ]);
  for (const { wp_id: id, detail, file, line } of status.waived)
    printRow(out, '', 'blocker', 'waived', [{ detail: `${id} ${detail}`, places: [`${file}:${line}`] }]);
  for (const note of [...baseNotes(status), ...status.notes])
    for (const [at, line] of fold(note, out.width - 6).entries())
      out.line(out.dim(`${at === 0 ? 'note  ' : '      '}${line}`));
  out.line();
  if (status.findings !== undefined && status.findings.length > 0) {
    printFindings(out, status.findings);
    out.line();
  }
  if (status.refusal !== undefined)
    for (const line of fold(status.refusal, out.limit)) out.line(out.red(line));
  const blockers = status.blockers.length > 0 ? `, ${count(status.blockers.length, 'blocker')}` : '';
  out.line(`${status.ready ? out.green('open') : out.yellow('closed')} · ${settledText(status)}${blockers}`);
  if (status.next !== null) out.line(`${out.dim('next')}   ${nextOf(call, status.next)}`);
}

/** What the reader has to know where a protected base is what counts. */
function baseNotes(status: WpStatus | undefined): string[] {
  const overruled = overruledText(status?.base?.overruled ?? [], 'the merge base');
  return [...(overruled === undefined ? [] : [overruled]), ...(status?.unproven ?? [])];
}

/** What is to be done may be a command, or a sentence. */
function nextOf(call: Call, next: string): string {
  const command = /^gov ([\w -]+)$/.exec(next)?.[1];
  return command === undefined ? next : nextCommand(call, command);
}

/** `1 of 7 proven, 2 attested`: what somebody only said never counts as proven. */
export function settledText(status: WpStatus): string {
  const of = (state: WpItem['state']): number => status.items.filter((item) => item.state === state).length;
  const attested = of('ATTESTED');
  const asked = status.items.length - of('NOT_APPLICABLE');
  return `${of('PASS')} of ${asked} proven${attested > 0 ? `, ${attested} attested` : ''}`;
}

/** The whole tree, one line each; `base` is the revision that it is judged by. */
export function printGateTable(call: Call, all: readonly WpStatus[], base?: string): void {
  const { out } = call;
  const [one] = all;
  if (one?.findings !== undefined && one.findings.length > 0) {
    printFindings(out, one.findings);
    out.line();
  }
  const width = Math.min(Math.max(...all.map((status) => status.wp_id.length)), out.limit - 36);
  const shown = all.slice(0, 74);
  for (const status of shown) {
    const gate = status.ready ? out.green('open  ') : out.yellow('closed');
    const blockers = status.blockers.length > 0 ? `, ${count(status.blockers.length, 'blocker')}` : '';
    const rest = `${settledText(status)}${blockers}${status.refusal === undefined ? '' : ', not to be activated'}`;
    out.line(
      `${pad(cut(status.wp_id, width), width)}  ${pad(status.stage, 10)}  ${gate}  ${cut(rest, Math.max(12, out.limit - width - 22))}`,
    );
  }
  if (shown.length < all.length) out.line(`… and ${all.length - shown.length} more (--json has all)`);
  const open = all.filter((status) => status.ready).length;
  out.line();
  out.line(`${open} of ${count(all.length, 'work packet')} open`);
  for (const note of baseNotes(one)) for (const line of wrap(note, out.width)) out.line(out.dim(line));
  const first = all.find((status) => !status.ready && status.refusal === undefined) ?? all[0]!;
  const by = base === undefined ? '' : ` --base ${quoted(base)}`;
  out.line(`${out.dim('next')}   ${nextCommand(call, `wp status ${first.wp_id}${by}`)}`);
}

interface Line {
  detail: string;
  places: string[];
}

/** What several places say alike is told once, with all of them. */
function evidenceOf(item: WpItem): Line[] {
  const lines = new Map<string, Line>();
  for (const { detail, file, line } of item.evidence) {
    const known = lines.get(detail) ?? { detail, places: [] };
    lines.set(detail, known);
    if (file !== undefined) known.places.push(line === undefined ? file : `${file}:${line}`);
  }
  return [...lines.values()];
}

const COLORS: Record<string, 'green' | 'yellow' | 'red' | 'dim'> = {
  proven: 'green',
  attested: 'yellow',
  'needs you': 'yellow',
  failed: 'red',
  open: 'dim',
  waived: 'yellow',
  'not needed': 'dim',
};

const PREFIX = 31;

function printRow(out: Output, index: string, name: string, word: string, evidence: readonly Line[]): void {
  const paint = out[COLORS[word] ?? 'dim'];
  const head = `${pad(index, 2)} ${pad(name, 17)} ${paint(pad(word, 10))}`;
  const lines: string[] = [];
  const room = Math.max(30, out.width - PREFIX);
  for (const { detail, places } of evidence.slice(0, 6)) {
    lines.push(...wrap(detail, room));
    const told = places.filter((at) => !isSaid(detail, at));
    const [first, ...others] = told;
    if (first !== undefined && columns(lines.at(-1)!) + columns(first) + 2 <= room)
      lines[lines.length - 1] += `  ${first}`;
    else lines.push(...(first === undefined ? [] : [first]));
    lines.push(...others);
  }
  if (evidence.length > 6) lines.push(`… and ${evidence.length - 6} more (--json has all)`);
  // A word that is wider than the room beside its item stands below it, as further lines do.
  const beside = PREFIX + columns(lines[0] ?? '') <= out.limit ? lines.shift() : undefined;
  out.line(`${head}${beside ?? ''}`);
  for (const line of lines) {
    // A path is not folded: one that does not fit beside its item stands further left, and is cut at its beginning.
    const indent = Math.max(4, Math.min(PREFIX, out.limit - columns(line.trimStart())));
    out.line(' '.repeat(indent) + cutStart(line.trimStart(), out.limit - indent));
  }
}

/** A place that repeats what the sentence says already is noise. */
function isSaid(detail: string, at: string): boolean {
  return detail.includes(at.slice(at.lastIndexOf('/') + 1)) || detail.includes(at.replace(/:1$/, ''));
}
