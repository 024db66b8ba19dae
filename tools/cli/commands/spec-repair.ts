import { stat } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { TreeError, UsageError } from '../../findings/index.ts';
import { type Snapshot, UnreadableFile, worktreeSnapshot } from '../../snapshot/index.ts';
import { findSpec } from '../../spec/index.ts';
import {
  NotUtf8,
  type Repaired,
  type RepairedFile,
  repairFile,
  sha256,
  spanPlace,
} from '../../text/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { belowRoot } from '../load.ts';
import { count, cut, visible } from '../output.ts';
import { replaceFiles } from '../replace.ts';
import type { SpecRepair } from '../schemas/spec-repair.ts';

/** What is shown of each file and kind; `--json` has all. */
const MOST_SHOWN = 5;
const MOST_FILES = 6;
/** Characters on either side of a change. */
const AROUND = 24;

interface Target extends RepairedFile {
  path: string;
  before: Uint8Array;
}

/** Takes double encoding out of the spec, or of the files named. Exit 1 when a line had to be refused. */
export async function run(call: Call): Promise<ExitCode> {
  const snapshot = worktreeSnapshot(call.root);
  const paths = call.args.length > 0 ? await named(call, call.args) : await specPaths(call, snapshot);
  const files: Target[] = [];
  for (const path of new Set(paths)) files.push(await read(snapshot, path));
  const changed = files.filter((file) => file.repaired.length > 0);
  const check = call.flags.has('check');
  const applied = changed.length > 0 && !check && !call.flags.has('dry-run');
  if (applied) await replaceFiles(call.root, changed);
  const repaired = files.reduce((sum, file) => sum + file.repaired.length, 0);
  const refused = files.reduce((sum, file) => sum + file.refused.length, 0);
  if (call.json) {
    call.out.json({
      schema: 'govkit.spec-repair@1',
      applied,
      files: files.map((file) => ({
        path: file.path,
        sha256: { before: sha256(file.before), after: sha256(file.bytes) },
        repaired: file.repaired.map(({ line, column, found, expected }) => ({
          line,
          column,
          found,
          expected,
        })),
        refused: file.refused.map(({ line, column, found, why }) => ({ line, column, found, why })),
      })),
      counts: { repaired, refused, changed: changed.length },
    } satisfies SpecRepair);
  } else report(call, files, { repaired, refused, applied });
  return refused > 0 || (check && repaired > 0) ? 1 : 0;
}

/** The files of the spec in force, or of the one that the call names. */
async function specPaths(call: Call, snapshot: Snapshot): Promise<string[]> {
  const { spec } = call;
  const options = { root: call.root, cwd: call.cwd, ...(spec !== undefined && { spec }) };
  const { files } = await findSpec(snapshot, options);
  const paths = files.map((file) => file.path);
  if (spec === undefined) return paths;
  const there = [resolve(call.cwd, spec), resolve(call.root, spec)];
  const onDisk = await Promise.all(there.map((path) => stat(path).catch(() => undefined)));
  if (onDisk.every((found) => found === undefined)) throw inGit(spec);
  return files.length === 1 && onDisk.some((found) => found?.isFile()) ? named(call, [spec]) : paths;
}

/** Paths as they were typed: from where they were typed, else from the root. */
async function named(call: Call, args: readonly string[]): Promise<string[]> {
  const paths: string[] = [];
  for (const arg of args) {
    const found = await Promise.all(
      [resolve(call.cwd, arg), resolve(call.root, arg)].map((path) =>
        stat(path).then(
          () => path,
          () => undefined,
        ),
      ),
    );
    const full = found.find((path) => path !== undefined);
    if (full === undefined) throw arg.includes(':') ? inGit(arg) : new UsageError(`${arg}: no such file`);
    const path = belowRoot(call, full);
    if (isAbsolute(path))
      throw new UsageError(`${arg} stands outside of ${call.root}, expected a file inside it`);
    paths.push(path);
  }
  return paths;
}

function inGit(path: string): UsageError {
  return new UsageError(
    `${path}: no such file, expected one of the work tree (what stands in git is not rewritten)`,
  );
}

async function read(snapshot: Snapshot, path: string): Promise<Target> {
  try {
    const before = await snapshot.read(path);
    return { path, before, ...repairFile(path, before) };
  } catch (error) {
    if (error instanceof UnreadableFile)
      throw new UsageError(`${error.message}, expected a text file`, { cause: error });
    if (error instanceof NotUtf8) throw notUtf8(path, error);
    throw error;
  }
}

function notUtf8(path: string, error: NotUtf8): TreeError {
  const byte = `0x${error.byte.toString(16).padStart(2, '0')}`;
  return new TreeError({
    rule: 'text/not-utf8',
    severity: 'error',
    place: spanPlace(path, error.line, error.column, 1),
    message: `Unexpected byte ${byte}, expected UTF-8; nothing written`,
    args: { byte: error.byte },
  });
}

interface Outcome {
  repaired: number;
  refused: number;
  applied: boolean;
}

function report(call: Call, files: readonly Target[], { repaired, refused, applied }: Outcome): void {
  const { out } = call;
  const touched = files.filter((file) => file.repaired.length + file.refused.length > 0);
  for (const file of touched.slice(0, MOST_FILES)) {
    out.line(out.bold(visible(file.path)));
    const lines = [file.repaired.at(-1)?.line ?? 0, file.refused.at(-1)?.line ?? 0];
    const width = String(Math.max(...lines)).length;
    const row = (line: number, text: string): void =>
      out.line(cut(`  ${String(line).padStart(width)}  ${visible(text)}`, out.limit));
    for (const change of file.repaired.slice(0, MOST_SHOWN)) row(change.line, inContext(change));
    more(call, file.repaired.length);
    for (const { line, found, why } of file.refused.slice(0, MOST_SHOWN))
      row(
        line,
        why === 'lost'
          ? 'lost: U+FFFD stands for a character that is gone'
          : `refused: ${found} is half sound, half broken`,
      );
    more(call, file.refused.length);
  }
  if (touched.length > MOST_FILES)
    out.line(`… and ${touched.length - MOST_FILES} more files (--json has all)`);
  if (repaired + refused === 0) {
    if (!call.quiet) out.line(`nothing to repair · ${count(files.length, 'file')}`);
    return;
  }
  out.line();
  const changed = files.filter((file) => file.repaired.length > 0).length;
  const done = applied ? 'repaired' : 'to repair';
  const parts = [
    repaired > 0 ? `${done} ${count(repaired, 'line')} in ${count(changed, 'file')}` : 'nothing to repair',
  ];
  if (refused > 0) parts.push(`${count(refused, 'line')} left as they are`);
  out.line(parts.join(' · '));
  if (applied)
    out.line('sha1 and sha256 of the bytes change, and what pins them; fingerprints of clauses do not');
  const again = ['gov spec repair', ...call.args].join(' ');
  if (repaired > 0) out.line(`${out.dim('next')}   ${applied ? 'gov check' : again}`);
}

/** `Â§ → §   … complete §2.3.15 Locus …`. */
function inContext({ text, column, found, expected }: Repaired): string {
  const from = Math.max(0, column - 1 - AROUND);
  const to = column - 1 + expected.length + AROUND;
  const around = `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`;
  return `${found} → ${expected}   ${around}`;
}

function more(call: Call, all: number): void {
  if (all > MOST_SHOWN) call.out.line(call.out.dim(`  … and ${all - MOST_SHOWN} more`));
}
