import { type GovTree, isWpId, packetStage, workPackets, wpIdFrom } from '../../artifacts/index.ts';
import { linePlace, TreeError, UsageError } from '../../findings/index.ts';
import { againstBase, demandOf, touchedPackets, type WpStatus, wpStatus } from '../../gate/index.ts';
import { askGit } from '../../snapshot/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { value } from '../load.ts';
import { printGate, printGateTable } from '../reporters/gate.ts';
import { printGatesOfChange } from '../reporters/gate-change.ts';
import { printSteps } from '../reporters/steps.ts';
import { printTodo, todoOf } from '../reporters/todo.ts';
import type { Todo, WpAnswer } from '../schemas/wp.ts';
import { type BaseSide, readBase } from '../wp/base.ts';
import { idsOf } from '../wp/ids.ts';
import { type Opened, openGate } from '../wp/opened.ts';

/** Exit 0 when every gate that was asked about is open, 1 when one is closed. */
export async function run(call: Call): Promise<ExitCode> {
  const wpId = call.args[0] === undefined ? undefined : wpIdFrom(call.args[0]);
  const since = value(call, 'changed-since');
  if (since !== undefined) return ofChange(call, since);
  const named = value(call, 'base');
  const base = named === undefined ? undefined : await readBase(call, named, '--base');
  const opened = await openGate(call, { wpId, policy: base });
  if (call.flags.has('steps')) {
    const current = wpId ?? (await currentPacket(opened, call.root));
    printSteps(call, current === undefined ? undefined : statusOf(opened, current, base));
    return 0;
  }
  const { tree } = opened;
  if (wpId !== undefined) {
    refuseUnreadable(tree, wpId);
    const status = statusOf(opened, wpId, base);
    if (call.json) call.out.json(status satisfies WpAnswer);
    else printGate(call, status);
    return status.ready ? 0 : 1;
  }
  const all = knownIds(tree).map((id) => statusOf(opened, id, base));
  if (call.flags.has('todo')) {
    const open = all.filter(({ wp_id }) => !isOver(tree, wp_id));
    const answer: Todo = { schema: 'govkit.todo@1', asked: open.length, waits: open.flatMap(todoOf) };
    if (call.json) call.out.json(answer);
    else printTodo(call, answer);
    return answer.waits.length > 0 ? 1 : 0;
  }
  if (call.json) call.out.json({ schema: 'govkit.wps@1', wps: all satisfies WpAnswer[] });
  else printGateTable(call, all, named);
  return all.every((status) => status.ready) ? 0 : 1;
}

/** Every work packet that a change touches; exit 1 when a gate is closed that has to be open for it. */
async function ofChange(call: Call, since: string): Promise<ExitCode> {
  const other = call.args.length > 0 ? 'WP_ID' : value(call, 'base') === undefined ? undefined : '--base';
  if (other !== undefined)
    throw new UsageError(`--changed-since finds the work packets itself, and excludes ${other}`);
  const base = await readBase(call, since, '--changed-since');
  const opened = await openGate(call, { policy: base });
  const before = await base.tree();
  const known = new Set(idsOf(opened.tree));
  const touched = touchedPackets(opened.tree, before, base).filter((id) => known.has(id));
  const all = touched.map((id): WpStatus => {
    const demanded = demandOf(opened.tree, before, id);
    return { ...statusOf(opened, id, base), ...(demanded !== undefined && { demanded }) };
  });
  const { commit, lost } = base;
  const overruled = [...base.overruled];
  const findings = [...lost];
  if (call.json)
    call.out.json({
      schema: 'govkit.wps@1',
      base: { commit, overruled },
      findings,
      wps: all satisfies WpAnswer[],
    });
  else printGatesOfChange(call, { all, since, base: { commit, overruled }, findings });
  const closed = all.some(({ ready, demanded }) => !ready && demanded !== undefined);
  return closed || findings.length > 0 ? 1 : 0;
}

function statusOf(
  { tree, spec, library, ground }: Opened,
  wpId: string,
  base: BaseSide | undefined,
): WpStatus {
  const status = wpStatus(tree, spec, wpId, library, ground);
  return base === undefined ? status : againstBase(status, base, ground);
}

/** The ids that are to be asked about, where there is one at all. */
function knownIds(tree: GovTree): string[] {
  const known = idsOf(tree);
  if (known.length > 0) return known;
  throw new TreeError({
    rule: 'tree/empty',
    severity: 'error',
    place: linePlace(tree.folder, 1),
    message: `no work packet under ${tree.folder}: is this the right --root?`,
    args: { folder: tree.folder },
  });
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
