import {
  type ActingRole,
  foldLedger,
  type GovTree,
  LEDGER_KINDS,
  type LedgerData,
  type LedgerFacts,
  type LedgerKind,
  ledgerFile,
  mayWrite,
  renderTree,
} from '../../artifacts/index.ts';
import { type Finding, linePlace, type Place } from '../../findings/index.ts';
import type { Dossier } from '../dossier.ts';
import { refusalOf } from '../refusal.ts';
import type { GitAction } from '../transaction/journal.ts';

/** What a step would do: everything that speaks against it at once, or all that it would write. */
export interface StepPlan {
  step: LedgerKind | 'sync';
  wpId: string;
  unmet: Finding[];
  /** Why there is nothing to do: it is done already. */
  done?: string;
  /** Whole files by path; undefined takes one away. Empty while something is unmet. */
  writes: Map<string, string | undefined>;
  git: GitAction[];
  /** What the person is told, line by line. */
  said: string[];
}

/** Who records, and when: RFC 3339, UTC, to the second. */
export interface By {
  actor: string;
  role: ActingRole;
  time: string;
}

export function emptyPlan(step: StepPlan['step'], wpId: string): StepPlan {
  return { step, wpId, unmet: [], writes: new Map(), git: [], said: [] };
}

/** A precondition that does not hold. `code` is stable, and names it for a program. */
export function unmet(step: string, code: string, place: Place, message: string): Finding {
  return { rule: 'wp/refused', severity: 'error', place, message, args: { step, code } };
}

/** What speaks against any record of this work packet. */
export function commonUnmet(dossier: Dossier, step: LedgerKind, { role }: Pick<By, 'role'>): Finding[] {
  const { tree, wpId, ledgerProblems, stub } = dossier;
  const found: Finding[] = [];
  if (!mayWrite(role, step)) {
    const roles = LEDGER_KINDS[step].roles.join(' or ');
    const place = linePlace(`${tree.folder}/ledger/${wpId}`, 1);
    found.push(
      unmet(
        step,
        'ROLE_MAY_NOT_WRITE',
        place,
        `Unexpected role "${role}", expected ${roles}: nobody else records "${step}"`,
      ),
    );
  }
  for (const { place, message, rule } of ledgerProblems) {
    if (step === 'settle' && /^ledger\/(?:heads-compete|sequence-repeated)$/.test(rule)) continue;
    const next = rule === 'ledger/heads-compete' ? `: gov wp settle ${wpId}` : '';
    found.push(unmet(step, 'LEDGER_BROKEN', place, `${message}${next}`));
  }
  for (const finding of tree.findings) {
    const { place, severity, message } = finding;
    if (severity !== 'error' || ledgerProblems.includes(finding)) continue;
    if (ownPaths(dossier).includes(place.file)) found.push(unmet(step, 'UNREADABLE', place, message));
  }
  const refusal = step === 'settle' || step === 'undo' ? undefined : refusalOf(dossier);
  if (refusal !== undefined) {
    const place = stub?.status?.place ?? linePlace(stub?.path ?? tree.folder, 1);
    found.push(unmet(step, 'NOT_ACTIVATABLE', place, `Unexpected step "${step}", expected none: ${refusal}`));
  }
  return found;
}

function ownPaths({ tree, wpId, refinementPath, packetPath }: Dossier): string[] {
  const own = [`${tree.folder}/task_packets/stubs/${wpId}.md`, refinementPath, packetPath];
  return [...own, tree.board?.path, tree.registry?.path, tree.audit?.path, tree.folder].flatMap(
    (path) => path ?? [],
  );
}

/**
 * The entry, and the documents that show it: they are written in one transaction, or not at all. `documents` are
 * what the step itself writes.
 */
export function record<K extends LedgerKind>(
  plan: StepPlan,
  dossier: Dossier,
  by: By,
  entry: { kind: K; data: LedgerData<K> },
  documents: ReadonlyMap<string, string | undefined> = new Map(),
): void {
  const { tree, wpId, fold } = dossier;
  const draft = { wpId, ...entry, ...by, seq: fold.nextSeq, parents: fold.heads.map(({ hash }) => hash) };
  const file = ledgerFile(tree.folder, draft);
  const facts: LedgerFacts = {
    ...draft,
    hash: file.hash,
    path: file.path,
    parentPlaces: [],
    complete: true,
    data: entry.data as Record<string, unknown>,
  };
  const own = tree.ledger.filter((each) => each.wpId === wpId);
  const all: LedgerFacts[] = [...own, facts];
  const rendered = renderTree(without(tree, documents), new Map([[wpId, foldLedger(all)]]), all);
  for (const { place, message } of rendered.missing) {
    const unread = tree.findings.find((each) => each.severity === 'error' && each.place.file === place.file);
    plan.unmet.push(
      unread === undefined
        ? unmet(plan.step, 'NOWHERE_TO_RECORD', place, message)
        : unmet(plan.step, 'UNREADABLE', unread.place, unread.message),
    );
  }
  plan.writes.set(file.path, file.text);
  for (const [path, text] of [...rendered.writes, ...documents]) plan.writes.set(path, text);
}

/** The tree without the documents that the step takes away: nothing is rendered of them any more. */
function without(tree: GovTree, documents: ReadonlyMap<string, string | undefined>): GovTree {
  const stays = ({ path }: { path: string }): boolean =>
    !documents.has(path) || documents.get(path) !== undefined;
  return {
    ...tree,
    stubs: tree.stubs.filter(stays),
    packets: tree.packets.filter(stays),
    refinements: tree.refinements.filter(stays),
  };
}

/** Of a plan with something unmet nothing is written. */
export function finished(plan: StepPlan): StepPlan {
  if (plan.unmet.length === 0) return plan;
  return { ...plan, unmet: withoutEchoes(plan.unmet), writes: new Map(), git: [], said: [] };
}

const ABSENT = new Set<unknown>(['NO_STUB', 'NO_REFINEMENT', 'IN_THE_WAY']);

/** A document that cannot be read is told as that, and not once more as one that is missing or in the way. */
function withoutEchoes(unmet: Finding[]): Finding[] {
  const unread = new Set(
    unmet.flatMap(({ args, place }) => (args.code === 'UNREADABLE' ? [place.file] : [])),
  );
  return unmet.filter(({ args, place }) => !ABSENT.has(args.code) || !unread.has(place.file));
}
