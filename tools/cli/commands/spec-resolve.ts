import { linePlace, TreeError, UsageError } from '../../findings/index.ts';
import { worktreeSnapshot } from '../../snapshot/index.ts';
import { resolveAnchor } from '../../spec/index.ts';
import { withCandidates } from '../candidates.ts';
import type { Call, ExitCode } from '../command.ts';
import { loadCallSpec, loadSettings } from '../load.ts';
import { type AnchorRow, printAnchors } from '../reporters/anchors.ts';
import { anchorsReport } from '../reporters/anchors-json.ts';
import { loadTree } from '../tree.ts';

/** Exit 1 when an anchor is not UNIQUE: a caller may gate on it. */
export async function run(call: Call): Promise<ExitCode> {
  const stubs = call.flags.has('stubs');
  if (stubs === call.args.length > 0)
    throw new UsageError('gov spec resolve wants TEXT or --stubs, one of them');
  const snapshot = worktreeSnapshot(call.root);
  const config = await loadSettings(snapshot);
  const index = await loadCallSpec(call, snapshot, config);
  const queries: Omit<AnchorRow, 'result'>[] = call.args.map((text) => ({ text }));
  if (stubs) {
    const tree = await loadTree(snapshot, config, {
      globs: config.layout.globs.stub ?? ['task_packets/stubs/*.md'],
    });
    for (const stub of tree.stubs) {
      for (const { text, place } of stub.candidates)
        queries.push({ text, source: { file: place.file, line: place.line } });
    }
    if (queries.length === 0) throw new TreeError(nothingToResolve(tree.folder));
  }
  const rows: AnchorRow[] = queries.map((query) => ({
    ...query,
    result: withCandidates(index, resolveAnchor(index, query.text), query.text),
  }));
  if (call.json) call.out.json(anchorsReport(index, rows));
  else printAnchors(call.out, index, rows, call.quiet);
  return rows.every((row) => row.result.status === 'UNIQUE') ? 0 : 1;
}

function nothingToResolve(folder: string) {
  return {
    rule: 'tree/empty',
    severity: 'error' as const,
    place: linePlace(folder, 1),
    message: `no anchor candidate in any stub under ${folder}: is this the right --root?`,
    args: { folder },
  };
}
