import { type GovTree, isWpId, packetStage, workPackets, wpIdFrom } from '../../artifacts/index.ts';
import { linePlace, TreeError } from '../../findings/index.ts';
import { type WpStatus, wpStatus } from '../../gate/index.ts';
import { askGit } from '../../snapshot/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { printGate, printGateTable } from '../reporters/gate.ts';
import { printSteps } from '../reporters/steps.ts';
import { printTodo, todoOf } from '../reporters/todo.ts';
import type { Todo, WpAnswer } from '../schemas/wp.ts';
import { type Opened, openGate } from '../wp/opened.ts';

/** Exit 0 when every gate that was asked about is open, 1 when one is closed. */
export async function run(call: Call): Promise<ExitCode> {
  const wpId = call.args[0] === undefined ? undefined : wpIdFrom(call.args[0]);
  const opened = await openGate(call, { wpId });
  if (call.flags.has('steps')) {
    const current = wpId ?? (await currentPacket(opened, call.root));
    printSteps(call, current === undefined ? undefined : statusOf(opened, current));
    return 0;
  }
  const { tree } = opened;
  if (wpId !== undefined) {
    refuseUnreadable(tree, wpId);
    const status = statusOf(opened, wpId);
    if (call.json) call.out.json(status satisfies WpAnswer);
    else printGate(call, status);
    return status.ready ? 0 : 1;
  }
  const all = everyStatus(opened);
  if (call.flags.has('todo')) {
    const open = all.filter(({ wp_id }) => !isOver(tree, wp_id));
    const answer: Todo = { schema: 'govkit.todo@1', asked: open.length, waits: open.flatMap(todoOf) };
    if (call.json) call.out.json(answer);
    else printTodo(call, answer);
    return answer.waits.length > 0 ? 1 : 0;
  }
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

/** Its work has ended, or another one took its place: nothing of it waits for anybody. */
function isOver(tree: GovTree, wpId: string): boolean {
  const work = workPackets(tree).get(wpId);
  return work !== undefined && ['done', 'superseded'].includes(packetStage(tree, work));
}

/** The work packet of the branch that is checked out, else the one that was recorded last, else the first stub. */
async function currentPacket({ tree, config }: Opened, root: string): Promise<string | undefined> {
  const branch = (await askGit(root, ['symbolic-ref', '--quiet', '--short', 'HEAD']).catch(() => '')).trim();
  const ids = [...tree.stubs, ...tree.packets].map(({ stem }) => stem).filter(isWpId);
  const ofBranch = ids.find((id) => config.gate.branch.replace('{wp}', id) === branch);
  if (ofBranch !== undefined) return ofBranch;
  const recorded = tree.ledger.filter(({ wpId }) => ids.includes(wpId) && !isOver(tree, wpId));
  const last = recorded.reduce<(typeof recorded)[number] | undefined>(
    (newest, entry) => (newest === undefined || (entry.time ?? '') > (newest.time ?? '') ? entry : newest),
    undefined,
  );
  return last?.wpId ?? ids.filter((id) => !isOver(tree, id)).sort()[0];
}
