import {
  baseWpId,
  foldLedger,
  type LedgerFacts,
  lastOf,
  ledgerFile,
  partDigests,
  readStub,
  renderTree,
  revisionOf,
  revisionsOf,
  type Stub,
  stubParts,
} from '../../artifacts/index.ts';
import { linePlace } from '../../findings/index.ts';
import { decode } from '../../text/index.ts';
import type { Dossier } from '../dossier.ts';
import { type By, commonUnmet, emptyPlan, finished, type StepPlan, unmet } from './plan.ts';

/** A packet that something rests on is not changed: it goes on as the next revision, which says where it comes from. */
export function planRevise(
  dossier: Dossier,
  by: By,
  { reason }: { reason: string },
): StepPlan & { to: string } {
  const { wpId, tree, fold, stub } = dossier;
  const base = baseWpId(wpId);
  const newest = Math.max(...revisionsOf(tree, base).map(({ id }) => revisionOf(id)), revisionOf(wpId), 1);
  const to = `${base}-v${newest + 1}`;
  const plan = { ...emptyPlan('revise', wpId), to };
  plan.unmet.push(...commonUnmet(dossier, 'revise', by));
  const place = linePlace(stub?.path ?? `${tree.folder}/ledger/${wpId}`, 1);
  if (stub === undefined)
    plan.unmet.push(
      unmet(
        'revise',
        'NO_STUB',
        place,
        `Unexpected absence of a stub for ${wpId}, expected one that the next revision begins with`,
      ),
    );
  if (lastOf(fold, 'sign') === undefined)
    plan.unmet.push(
      unmet(
        'revise',
        'NOTHING_RESTS_ON_IT',
        place,
        `Unexpected revision of ${wpId}, expected one that was signed: nothing rests on it yet, so that it is changed as it is`,
      ),
    );
  if (reason.trim() === '')
    plan.unmet.push(
      unmet('revise', 'NO_REASON', place, 'Unexpected reason "", expected one line that says why'),
    );
  if (plan.unmet.length > 0 || stub === undefined) return { ...finished(plan), to };
  const path = `${tree.folder}/task_packets/stubs/${to}.md`;
  const text = nextStub(stub, wpId, to, by.time);
  const made = readStub(decode(path, new TextEncoder().encode(text)));
  const entry = ledgerFile(tree.folder, {
    wpId,
    ...by,
    kind: 'revise',
    seq: fold.nextSeq,
    parents: fold.heads.map(({ hash }) => hash),
    data: { to, reason: reason.trim() },
  });
  const parts = partDigests(['stub', stubParts(made)]);
  const first = {
    wpId: to,
    ...by,
    kind: 'stub' as const,
    seq: 1,
    parents: [],
    data: { stub: path, parts, revision_of: wpId },
  };
  const begun = ledgerFile(tree.folder, first);
  const facts = (
    file: typeof entry,
    more: Pick<LedgerFacts, 'wpId' | 'kind' | 'seq' | 'parents' | 'data'>,
  ): LedgerFacts => ({
    ...more,
    ...by,
    hash: file.hash,
    path: file.path,
    parentPlaces: [],
    complete: true,
  });
  const old = [
    ...tree.ledger.filter((each) => each.wpId === wpId),
    facts(entry, {
      wpId,
      kind: 'revise',
      seq: fold.nextSeq,
      parents: fold.heads.map(({ hash }) => hash),
      data: { to, reason },
    }),
  ] as LedgerFacts[];
  const next = [facts(begun, first)];
  const folds = new Map([
    [wpId, foldLedger(old)],
    [to, foldLedger(next)],
  ]);
  const rendered = renderTree(tree, folds, [...old, ...next]);
  for (const { place: at, found, expected } of rendered.missing)
    plan.unmet.push(
      unmet('revise', 'NOWHERE_TO_RECORD', at, `Unexpected ${found}, expected ${expected} to record in`),
    );
  for (const [file, content] of rendered.writes) plan.writes.set(file, content);
  for (const file of [entry, begun]) plan.writes.set(file.path, file.text);
  plan.writes.set(path, text);
  plan.said.push(`${wpId} is superseded; wrote ${path}`);
  return { ...finished(plan), to };
}

/** The stub as it was, under its new id and with nothing done. */
function nextStub(
  { file, statuses, checklist, createdAt }: Stub,
  wpId: string,
  to: string,
  time: string,
): string {
  const lines = file.lines.map((line) => line.replaceAll(wpId, to));
  for (const status of statuses) {
    const { line, column, endColumn } = status.place;
    const own = lines[line - 1]!;
    const before = file.lines[line - 1]!.length;
    lines[line - 1] =
      own.slice(0, column - 1) + 'STUB (NOT READY FOR DEV)' + own.slice(endColumn - 1 + own.length - before);
  }
  for (const { place, boxPlace } of checklist?.items ?? [])
    if (boxPlace !== undefined) lines[place.line - 1] = lines[place.line - 1]!.replace(/\[[xX]\]/, '[ ]');
  if (createdAt !== undefined) {
    const { line, column } = createdAt.place;
    lines[line - 1] = lines[line - 1]!.slice(0, column - 1) + time;
  }
  return `${lines.join('\n')}\n`;
}
