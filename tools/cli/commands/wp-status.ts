import { type GovTree, wpIdFrom } from '../../artifacts/index.ts';
import { linePlace, TreeError } from '../../findings/index.ts';
import { openLibrary, pinsOf, type SpecLibrary, type WpStatus, wpStatus } from '../../gate/index.ts';
import { worktreeSnapshot } from '../../snapshot/index.ts';
import type { SpecIndex } from '../../spec/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { loadCallSpec, loadSettings } from '../load.ts';
import { printGate, printGateTable } from '../reporters/gate.ts';
import type { WpAnswer } from '../schemas/wp.ts';
import { loadTree } from '../tree.ts';

/** Exit 0 when every gate that was asked about is open, 1 when one is closed. */
export async function run(call: Call): Promise<ExitCode> {
  const wpId = call.args[0] === undefined ? undefined : wpIdFrom(call.args[0]);
  const snapshot = worktreeSnapshot(call.root);
  const config = await loadSettings(snapshot);
  const tree = await loadTree(snapshot, config);
  const spec = await loadCallSpec(call, snapshot, config);
  if (wpId !== undefined) {
    refuseUnreadable(tree, wpId);
    const own = pinsOf(tree).filter((pin) => pin.wpId === wpId);
    const status = wpStatus(tree, spec, wpId, await openLibrary(snapshot, call.root, own, [spec]));
    if (call.json) call.out.json(status satisfies WpAnswer);
    else printGate(call, status);
    return status.ready ? 0 : 1;
  }
  const all = everyStatus(tree, spec, await openLibrary(snapshot, call.root, pinsOf(tree), [spec]));
  if (call.json) call.out.json({ schema: 'govkit.wps@1', wps: all satisfies WpAnswer[] });
  else printGateTable(call, all);
  return all.every((status) => status.ready) ? 0 : 1;
}

/** One status for each work packet that a stub or a packet stands for. */
function everyStatus(tree: GovTree, spec: SpecIndex, library: SpecLibrary): WpStatus[] {
  const ids = [...new Set([...tree.stubs, ...tree.packets].map(({ stem }) => stem))].sort();
  const known = ids.filter((id) => {
    try {
      return wpIdFrom(id) === id;
    } catch {
      return false; // `gov check` reports a file whose name is no id
    }
  });
  if (known.length === 0) {
    throw new TreeError({
      rule: 'tree/empty',
      severity: 'error',
      place: linePlace(tree.folder, 1),
      message: `no work packet under ${tree.folder}: is this the right --root?`,
      args: { folder: tree.folder },
    });
  }
  return known.map((id) => wpStatus(tree, spec, id, library));
}

/** A document of this packet that cannot be read is told as such, and not as a packet that is unknown. */
function refuseUnreadable(tree: GovTree, wpId: string): void {
  const broken = tree.findings.find(
    (finding) => finding.severity === 'error' && finding.place.file.endsWith(`/${wpId}.md`),
  );
  if (broken) throw new TreeError(broken);
  const empty = tree.findings.find((finding) => finding.rule === 'tree/empty');
  if (empty) throw new TreeError(empty);
}
