import { ConfigError } from '../../config/index.ts';
import { nothingDefined, printIr } from '../../contracts/index.ts';
import { type Finding, summarize, UsageError } from '../../findings/index.ts';
import { type Snapshot, UnreadableFile, worktreeSnapshot } from '../../snapshot/index.ts';
import { decode } from '../../text/index.ts';
import { type JudgedOutputs, judgeOutputs } from '../codegen/judge.ts';
import { generateOptions, generateRoots } from '../codegen/outputs.ts';
import { commonRoots, selectOutputs } from '../codegen/select.ts';
import { writeOutputs } from '../codegen/write.ts';
import type { Call, ExitCode } from '../command.ts';
import { belowRoot, loadCallSpec, loadSettings, value } from '../load.ts';
import { type CodegenOutcome, codegenJson, printCodegen } from '../reporters/codegen.ts';

/** Spec → type model → files. Writes only what changed, and all of it or nothing; `--check` writes nothing. */
export async function run(call: Call): Promise<ExitCode> {
  const snapshot = worktreeSnapshot(call.root);
  const config = await loadSettings(snapshot);
  const print = value(call, 'print');
  if (print !== undefined && print !== 'ir') throw new UsageError(`--print ${print}: expected ir`);
  const outputs = selectOutputs(call, config);
  const overlayOption = value(call, 'overlay');
  const overlayPath = overlayOption === undefined ? config.codegen.overlay : belowRoot(call, overlayOption);
  const overlay = overlayPath === undefined ? undefined : await readOverlayFile(snapshot, overlayPath);
  const options = generateOptions(config.codegen, overlay);
  const index = await loadCallSpec(call, snapshot, config);

  if (print === 'ir') {
    const roots = commonRoots(outputs, config);
    const { ir, diagnostics } = generateRoots(index, roots, options);
    refuseUnknownRoots(diagnostics);
    call.out.raw(`${printIr(ir)}\n`);
    return summarize(diagnostics).error > 0 || nothingDefined(ir, index.source).length > 0 ? 1 : 0;
  }

  const configured = config.codegen.outputs;
  const result = await judgeOutputs({ root: call.root, snapshot, index, outputs, configured, options });
  refuseUnknownRoots(result.diagnostics);
  const findings = [...result.diagnostics, ...standing(call, result)];
  const failed = summarize(findings).error > 0;
  if (!call.flags.has('check') && !failed) {
    const changed = result.judged.filter(({ state }) => state !== 'same').map(({ file }) => file);
    await writeOutputs(
      call.root,
      changed,
      result.stale.map(({ path }) => path),
    );
  }
  const outcome: CodegenOutcome = { index, outputs, result, findings, overlay: overlayPath };
  if (call.json) call.out.json(codegenJson(outcome));
  else printCodegen(call, outcome);
  return failed ? 1 : 0;
}

/** A root that names nothing is a wrong call or a wrong configuration, and no fault of the spec. */
function refuseUnknownRoots(diagnostics: readonly Finding[]): void {
  const unknown = diagnostics.filter(({ rule }) => rule === 'codegen/unknown-root');
  if (unknown.length > 0) throw new ConfigError(unknown.map(({ message }) => message));
}

/** What stands on disk and is wrong: for `--check` all of it, else what writing would lose. */
function standing(call: Call, { judged, stale }: JudgedOutputs): Finding[] {
  const check = call.flags.has('check');
  const force = call.flags.has('force');
  return [
    ...judged.flatMap(({ state, finding }) =>
      finding !== undefined && (check || (state === 'edited' && !force)) ? [finding] : [],
    ),
    ...stale.filter(({ removable }) => check || !removable).map(({ finding }) => finding),
  ];
}

async function readOverlayFile(snapshot: Snapshot, path: string): Promise<{ path: string; text: string }> {
  try {
    return { path, text: decode(path, await snapshot.read(path)).text };
  } catch (error) {
    if (error instanceof UnreadableFile) throw new UsageError(`overlay ${error.message}`, { cause: error });
    throw new UsageError((error as Error).message, { cause: error });
  }
}
