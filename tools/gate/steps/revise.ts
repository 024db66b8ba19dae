import {
  baseWpId,
  foldLedger,
  type LedgerFacts,
  lastOf,
  ledgerFile,
  OPEN_STATUS,
  partDigests,
  readStub,
  renderTree,
  revisionOf,
  revisionsOf,
  type Stub,
  stubParts,
  wpIdsIn,
} from '../../artifacts/index.ts';
import { linePlace } from '../../findings/index.ts';
import { decode } from '../../text/index.ts';
import type { Dossier } from '../dossier.ts';
import { type By, commonUnmet, emptyPlan, finished, type StepPlan, unmet } from './plan.ts';
import { elsewhereUnmet } from './sign.ts';
import { againstReason } from './word.ts';

export interface ReviseInput {
  reason: string;
  /** Ids that other branches and worktrees have: the next one is free in all of them. */
  taken?: readonly string[] | undefined;
}

/** A packet that something rests on is not changed: it goes on as the next revision, which says where it comes from. */
export function planRevise(
  dossier: Dossier,
  by: By,
  { reason, taken = [] }: ReviseInput,
): StepPlan & { to: string } {
  const { wpId, tree, fold, stub } = dossier;
  const base = baseWpId(wpId);
  const ids = [...revisionsOf(tree, base).map(({ id }) => id), ...taken, wpId];
  const newest = Math.max(...ids.filter((id) => baseWpId(id) === base).map(revisionOf), 1);
  const to = `${base}-v${newest + 1}`;
  const plan = { ...emptyPlan('revise', wpId), to };
  plan.unmet.push(...commonUnmet(dossier, 'revise', by), ...elsewhereUnmet(dossier, 'revise'));
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
  plan.unmet.push(...againstReason('revise', reason, place));
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
      data: { to, reason: reason.trim() },
    }),
  ] as LedgerFacts[];
  const next = [facts(begun, first)];
  const folds = new Map([
    [wpId, foldLedger(old)],
    [to, foldLedger(next)],
  ]);
  const rendered = renderTree(tree, folds, [...old, ...next]);
  for (const { place: at, message } of rendered.missing)
    plan.unmet.push(unmet('revise', 'NOWHERE_TO_RECORD', at, message));
  for (const [file, content] of rendered.writes) plan.writes.set(file, content);
  for (const file of [entry, begun]) plan.writes.set(file.path, file.text);
  plan.writes.set(path, text);
  plan.said.push(`${wpId} is superseded; wrote ${path}`);
  return { ...finished(plan), to };
}

/** The stub as it was, under its new id and with nothing done. */
function nextStub(stub: Stub, wpId: string, to: string, time: string): string {
  const { file, family, statuses, checklist, createdAt, baseWpId: base } = stub;
  const lines = [...file.lines];
  const splices = [
    ...statuses.map(({ place }) => ({ place, text: OPEN_STATUS[family] })),
    ...(createdAt === undefined ? [] : [{ place: createdAt.place, text: time }]),
    ...(checklist?.items ?? []).flatMap(({ boxPlace: place }) =>
      place === undefined ? [] : [{ place, text: '[ ]' }],
    ),
  ];
  for (const { place, text } of splices) {
    const line = lines[place.line - 1]!;
    lines[place.line - 1] = line.slice(0, place.column - 1) + text + line.slice(place.endColumn - 1);
  }
  // An id without a revision is its own base, which stays.
  for (const [index, line] of lines.entries()) {
    if (index + 1 === base?.keyPlace.line) continue;
    const mentions = wpIdsIn(line, file.path, index + 1).filter(({ id }) => id === wpId);
    lines[index] = mentions
      .toReversed()
      .reduce(
        (text, { place }) => text.slice(0, place.column - 1) + to + text.slice(place.endColumn - 1),
        line,
      );
  }
  return `${lines.join('\n').trimEnd()}\n`;
}
