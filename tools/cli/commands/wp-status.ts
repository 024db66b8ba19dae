import { type GovTree, wpIdFrom } from '../../artifacts/index.ts';
import { linePlace, TreeError } from '../../findings/index.ts';
import { type WpStatus, wpStatus } from '../../gate/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { printGate, printGateTable } from '../reporters/gate.ts';
import type { WpAnswer } from '../schemas/wp.ts';
import { type Opened, openGate } from '../wp/opened.ts';

/** Exit 0 when every gate that was asked about is open, 1 when one is closed. */
export async function run(call: Call): Promise<ExitCode> {
  const wpId = call.args[0] === undefined ? undefined : wpIdFrom(call.args[0]);
  const opened = await openGate(call, { wpId });
  const { tree } = opened;
  if (wpId !== undefined) {
    refuseUnreadable(tree, wpId);
    const status = statusOf(opened, wpId);
    if (call.json) call.out.json(status satisfies WpAnswer);
    else printGate(call, status);
    return status.ready ? 0 : 1;
  }
  const all = everyStatus(opened);
  if (call.json) call.out.json({ schema: 'govkit.wps@1', wps: all satisfies WpAnswer[] });
  else printGateTable(call, all);
  return all.every((status) => status.ready) ? 0 : 1;
}

function statusOf({ tree, spec, library, ground }: Opened, wpId: string): WpStatus {
  return wpStatus(tree, spec, wpId, library, ground);
}

/** One status for each work packet that a stub or a packet stands for. */
function everyStatus(opened: Opened): WpStatus[] {
  const { tree } = opened;
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
  return known.map((id) => statusOf(opened, id));
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
