import { type LedgerFacts, wpIdFrom } from '../../artifacts/index.ts';
import { wpStatus } from '../../gate/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { printLog } from '../reporters/log.ts';
import type { WpLog } from '../schemas/wp.ts';
import { dossierOf, openGate } from '../wp/opened.ts';

/** Everything that was recorded of a work packet: its ledger, what other branches have of it, upstream's gate log. */
export async function run(call: Call): Promise<ExitCode> {
  const wpId = wpIdFrom(call.args[0]!);
  const opened = await openGate(call, { wpId });
  const { fold, gateEvents, ledgerProblems } = dossierOf(opened, wpId);
  const own = opened.tree.ledger.filter((entry) => entry.wpId === wpId);
  const counts = new Set(fold.entries.map(({ hash }) => hash));
  const named = new Set(own.flatMap(({ parents }) => parents));
  const rowOf = (entry: LedgerFacts, where?: string): WpLog['entries'][number] => ({
    hash: entry.hash,
    seq: entry.seq,
    kind: entry.kind,
    actor: entry.actor ?? null,
    role: entry.role ?? null,
    time: entry.time ?? null,
    parents: entry.parents,
    data: entry.data,
    path: entry.path,
    counts: where === undefined && counts.has(entry.hash),
    head: where === undefined && !named.has(entry.hash),
    ...(where !== undefined && { where }),
  });
  const entries = [
    ...own.map((entry) => rowOf(entry)),
    ...opened.ground.entries
      .filter(({ what }) => what.wpId === wpId)
      .map(({ what, where }) => rowOf(what, where)),
  ];
  // Where nothing was recorded of what no document has either, the id is wrong: that throws, and is told so.
  if (entries.length + gateEvents.length === 0)
    wpStatus(opened.tree, opened.spec, wpId, opened.library, opened.ground);
  const log: WpLog = {
    schema: 'govkit.wp-log@1',
    wp_id: wpId,
    entries,
    gate_log: gateEvents.map(({ type, timestamp, place, signature, branch, coderId }) => ({
      type,
      timestamp,
      file: place.file,
      line: place.line,
      ...(signature !== undefined && { signature }),
      ...(branch !== undefined && { branch }),
      ...(coderId !== undefined && { coder: coderId }),
    })),
    problems: ledgerProblems,
  };
  if (call.json) call.out.json(log);
  else printLog(call, log);
  return ledgerProblems.length > 0 ? 1 : 0;
}
