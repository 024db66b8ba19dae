import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type GovTree, readTree } from '../../artifacts/index.ts';
import { RULES, runChecks } from '../../checks/index.ts';
import { loadConfig } from '../../config/index.ts';
import { type Finding, sortFindings, summarize, TreeError } from '../../findings/index.ts';
import type { Snapshot } from '../../snapshot/index.ts';
import type { SpecIndex } from '../../spec/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { chooseSnapshot, loadCallSpec } from '../load.ts';
import { count } from '../output.ts';
import { findingsReport, printFindings, summaryText } from '../reporters/findings.ts';

/** All that is wrong with the tree, at once. Seeing nothing is an error. */
export async function run(call: Call): Promise<ExitCode> {
  const started = performance.now();
  const snapshot = await chooseSnapshot(call);
  const { overlay } = (await loadConfig(snapshot)).codegen;
  const [tree, spec] = await Promise.all([readTree(snapshot), readSpec(snapshot, call)]);
  // Without a single document the missing spec is a consequence, and naming it would only distract.
  const empty = tree.findings.some((finding) => finding.rule === 'tree/empty');
  const answers = overlay === undefined ? [] : await overlayFindings(snapshot, overlay, spec.index);
  const findings = sortFindings([
    ...runChecks(tree, spec.index),
    ...(empty ? [] : spec.findings),
    ...answers,
  ]);
  const seconds = `${((performance.now() - started) / 1000).toFixed(2)} s`;
  const summary = summarize(findings);
  if (call.json) {
    call.out.json(findingsReport(call.root, findings, stats(tree, spec.index)));
  } else {
    report(call, { tree, index: spec.index, findings, seconds });
  }
  return summary.error > 0 ? 1 : 0;
}

/** Loaded only for a tree that has an overlay: the parsers behind it take time. */
async function overlayFindings(
  snapshot: Snapshot,
  overlay: string,
  index: SpecIndex | undefined,
): Promise<Finding[]> {
  const { checkOverlay } = await import('../../contracts/index.ts');
  return checkOverlay(overlay, (path) => snapshot.read(path), index);
}

async function readSpec(snapshot: Snapshot, call: Call): Promise<{ index?: SpecIndex; findings: Finding[] }> {
  try {
    const index = await loadCallSpec(call, snapshot);
    return { index, findings: [] };
  } catch (error) {
    if (error instanceof TreeError) return { findings: [error.finding] };
    throw error;
  }
}

function stats(tree: GovTree, spec: SpecIndex | undefined) {
  const family = (name: 'M' | 'L'): number => tree.stubs.filter((stub) => stub.family === name).length;
  return {
    files: fileCount(tree, spec),
    artifacts: {
      stub: tree.stubs.length,
      stub_metadata: family('M'),
      stub_identity: family('L'),
      packet: tree.packets.length,
      refinement: tree.refinements.length,
      ledger: tree.ledger.length,
    },
    spec: spec && {
      file: spec.files[0]!.path,
      version: spec.version,
      sha256: spec.sha256,
      sections: spec.sections.length,
    },
  };
}

function fileCount(tree: GovTree, spec: SpecIndex | undefined): number {
  return tree.files.length + (spec?.files.length ?? 0);
}

interface Outcome {
  tree: GovTree;
  index: SpecIndex | undefined;
  findings: readonly Finding[];
  seconds: string;
}

function report(call: Call, { tree, index, findings, seconds }: Outcome): void {
  const { out } = call;
  const shown = findings.filter((finding) => finding.severity !== 'info');
  if (shown.length === 0) {
    if (!call.quiet) {
      const looked = [
        count(fileCount(tree, index), 'file'),
        count(RULES.length, 'rule'),
        index?.version,
      ].filter(Boolean);
      out.line(`${out.green('clean')} · ${looked.join(', ')} · ${seconds}`);
    }
    return;
  }
  printFindings(out, shown);
  const wrong = new Set(shown.map((finding) => finding.place.file));
  const infos = findings.length - shown.length;
  out.line();
  const read = fileCount(tree, index);
  // Of nothing read there is nothing to count.
  if (read > 0) {
    // A file that was looked for, or stands for others, may have a finding and not be one of those read.
    const seen = new Set([...tree.files, ...(index?.files ?? []).map(({ path }) => path), ...wrong]).size;
    const notes = infos > 0 ? ` · ${count(infos, 'note')} in --json` : '';
    out.line(`${summaryText(shown)} in ${wrong.size} of ${count(seen, 'file')}${notes} · ${seconds}`);
  }
  const first = shown.find((finding) => finding.severity === 'error') ?? shown[0]!;
  out.line(`${out.dim('next')}   ${next(call, first)}`);
}

function next(call: Call, first: Finding): string {
  if (first.rule === 'tree/empty')
    return existsSync(join(call.root, '.GOV'))
      ? 'gov check --root DIR'
      : 'gov check --root DIR, with the folder that holds .GOV';
  return `gov explain ${first.rule}`;
}
