import { resolve } from 'node:path';
import { checkGenerated, emit, type Generated, generate, printIr } from '../../contracts/index.ts';
import { type Finding, sortFindings, summarize, UsageError } from '../../findings/index.ts';
import { type Snapshot, UnreadableFile, worktreeSnapshot } from '../../snapshot/index.ts';
import type { SpecIndex } from '../../spec/index.ts';
import { decode, sha256, writeFileDurably } from '../../text/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { belowRoot, loadCallSpec, loadSettings, value } from '../load.ts';
import { count } from '../output.ts';
import { printFindings, summaryText } from '../reporters/findings.ts';

/** Spec → type model → files. Writes only what changed; `--check` writes nothing. */
export async function run(call: Call): Promise<ExitCode> {
  const snapshot = worktreeSnapshot(call.root);
  const config = await loadSettings(snapshot);
  const settings = config.codegen;
  const print = value(call, 'print');
  if (print !== undefined && print !== 'ir') throw new UsageError(`--print ${print}: expected ir`);
  const outOption = value(call, 'out');
  const out = outOption === undefined ? settings.out : belowRoot(call, outOption);
  const overlayOption = value(call, 'overlay');
  const overlayPath = overlayOption === undefined ? settings.overlay : belowRoot(call, overlayOption);
  const roots =
    value(call, 'roots')
      ?.split(',')
      .map((name) => name.trim())
      .filter(Boolean) ?? settings.roots;

  const index = await loadCallSpec(call, snapshot, config);
  const generated = generate(index, {
    ...(roots.length > 0 && { roots }),
    ...(overlayPath !== undefined && { overlay: await readOverlayFile(snapshot, overlayPath) }),
  });
  if (print === 'ir') {
    call.out.raw(`${printIr(generated.ir)}\n`);
    return summarize(generated.diagnostics).error > 0 ? 1 : 0;
  }

  const files = emit(generated.ir, { out });
  const read = (path: string): Promise<string | undefined> => readIfThere(snapshot, path);
  const findings = [...generated.diagnostics];
  if (call.flags.has('check')) findings.push(...(await checkGenerated(files, (path) => snapshot.read(path))));
  const failed = summarize(findings).error > 0;
  const changed: string[] = [];
  for (const file of files) if ((await read(file.path)) !== file.text) changed.push(file.path);
  if (!call.flags.has('check') && !failed) {
    for (const file of files)
      if (changed.includes(file.path)) await writeFileDurably(resolve(call.root, file.path), file.text);
  }
  if (call.json) {
    const { records, enums, aliases, events, fields } = generated.counts;
    call.out.json({
      schema: 'govkit.codegen@1',
      spec: { source: index.source, version: index.version, sha256: index.sha256 },
      counts: { records, enums, aliases, events, fields },
      diagnostics: sortFindings(findings),
      files: files.map((file) => ({
        path: file.path,
        sha256: sha256(file.text),
        changed: changed.includes(file.path),
      })),
    });
  } else {
    report(call, { index, generated, findings, out, changed: failed ? [] : changed });
  }
  return failed ? 1 : 0;
}

interface Outcome {
  index: SpecIndex;
  generated: Generated;
  findings: Finding[];
  out: string;
  changed: string[];
}

function report(call: Call, { index, generated, findings, out, changed }: Outcome): void {
  const shown = findings.filter((finding) => finding.severity !== 'info');
  if (shown.length > 0) printFindings(call.out, shown);
  if (call.quiet && shown.length === 0) return;
  const { records, enums, aliases, events, fields } = generated.counts;
  if (shown.length > 0) call.out.line();
  call.out.line(
    `${index.version} · ${count(records, 'record')} · ${count(enums, 'enum')} · ${count(aliases, 'alias', 'aliases')} · ${count(events, 'event')} · ${count(fields, 'field')}`,
  );
  if (summarize(findings).error > 0) {
    const drift = findings.some(({ rule }) => rule.startsWith('codegen/generated-'));
    call.out.line(`${summaryText(findings)}${call.flags.has('check') ? '' : ' · nothing written'}`);
    call.out.line(
      `${call.out.dim('next')}   ${drift ? 'gov codegen' : 'gov codegen --overlay FILE, with an answer to each of these'}`,
    );
  } else if (call.flags.has('check')) call.out.line(`up to date in ${out}`);
  else call.out.line(changed.length === 0 ? `up to date in ${out}` : `wrote ${changed.join(', ')}`);
}

async function readOverlayFile(snapshot: Snapshot, path: string): Promise<{ path: string; text: string }> {
  try {
    return { path, text: decode(path, await snapshot.read(path)).text };
  } catch (error) {
    if (error instanceof UnreadableFile) throw new UsageError(`overlay ${error.message}`, { cause: error });
    throw new UsageError((error as Error).message, { cause: error });
  }
}

async function readIfThere(snapshot: Snapshot, path: string): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await snapshot.read(path));
  } catch (error) {
    // What cannot be read is not what would be written; writing says why it cannot be replaced.
    if (error instanceof UnreadableFile) return undefined;
    throw error;
  }
}
