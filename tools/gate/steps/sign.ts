import {
  lastOf,
  parseSignature,
  printDocument,
  rfc3339,
  signatureInstant,
  signatureUses,
  type TypedEntry,
} from '../../artifacts/index.ts';
import { type Finding, linePlace } from '../../findings/index.ts';
import { type Dossier, subjectNow } from '../dossier.ts';
import type { Statement } from '../ground/ssh.ts';
import { nextStep } from '../next.ts';
import { changesSince } from '../subject.ts';
import { linesBefore, refinementUnmet, withValue } from './approve.ts';
import { type By, commonUnmet, emptyPlan, finished, record, type StepPlan, unmet } from './plan.ts';

export interface SignInput {
  /** `{username}{DDMMYYYYHHMM}`, as the Operator typed it. */
  signature: string;
  /** The commit that the repository began with. */
  repository: string | undefined;
  /** The detached SSH signature over {@link SignPlan.statement}. */
  ssh?: string;
}

export interface SignPlan extends StepPlan {
  /** What a key has to sign. */
  statement: Statement | undefined;
}

/** The Operator's signature: typed once in the whole repository, at a real time, for this very content. */
export function planSign(dossier: Dossier, by: By, input: SignInput): SignPlan {
  const { wpId, refinement, refinementPath, fold, ground } = dossier;
  const { signature } = input;
  const plan: SignPlan = { ...emptyPlan('sign', wpId), statement: undefined };
  const signed = lastOf(fold, 'sign');
  const subject = subjectNow(dossier);
  if (signed !== undefined && signed.data.signature === signature && signed.data.digest === subject?.digest) {
    plan.done = `${signature} is recorded`;
    return plan;
  }
  plan.unmet.push(...commonUnmet(dossier, 'sign', by), ...elsewhereUnmet(dossier, 'sign'));
  plan.unmet.push(...unseenBearers(dossier));
  if (refinement === undefined || subject === undefined) {
    const message = `Unexpected absence of ${refinementPath}, expected a refinement to sign (just record-refinement ${wpId})`;
    plan.unmet.push(unmet('sign', 'NO_REFINEMENT', linePlace(refinementPath, 1), message));
    return { ...finished(plan), statement: undefined };
  }
  plan.unmet.push(...refinementUnmet(dossier, refinement, 'sign'));
  const approved = lastOf(fold, 'approve');
  const at = refinement.reviewStatus?.place ?? linePlace(refinementPath, 1);
  if (approved === undefined) {
    const message = `Unexpected signature, expected an approval before it (just approve-refinement ${wpId})`;
    plan.unmet.push(unmet('sign', 'NOT_APPROVED', at, message));
  } else if (approved.data.digest !== subject.digest) {
    for (const { name, change, file, line } of changesSince(approved.data.parts, subject)) {
      const place = linePlace(file ?? refinementPath, line ?? 1);
      const message = `Unexpected content, expected what was approved: ${name} was ${change} since (just approve-refinement ${wpId})`;
      plan.unmet.push(unmet('sign', 'CHANGED_SINCE_APPROVAL', place, message));
    }
  }
  plan.unmet.push(...againstForm(dossier, signature, approved?.time), ...againstUse(dossier, signature));
  if (ground.policy === 'ssh' && input.repository === undefined) {
    const found = ground.incomplete === undefined ? 'repository without a commit' : 'shallow clone';
    const way = ground.incomplete === undefined ? '' : ` (${nextStep.unshallow()})`;
    const message = `Unexpected ${found}, expected the commit that the repository began with: an SSH signature names the repository that it is for${way}`;
    plan.unmet.push(unmet('sign', 'NO_COMMIT', at, message));
  }
  if (plan.unmet.length > 0) return { ...finished(plan), statement: undefined };
  const { digest, parts } = subject;
  const parents = fold.heads.map(({ hash }) => hash);
  if (input.repository !== undefined)
    plan.statement = { repository: input.repository, wp_id: wpId, signature, digest, parents };
  const ssh = input.ssh === undefined ? {} : { ssh: { repository: input.repository!, signature: input.ssh } };
  const documents = new Map([
    [refinementPath, printDocument(withValue(refinement, refinement.signature, signature))],
  ]);
  record(
    plan,
    dossier,
    by,
    {
      kind: 'sign',
      data: {
        signature,
        time_zone: ground.timeZone,
        digest,
        parts,
        was: linesBefore(refinement, ['signature']),
        ...ssh,
      },
    },
    documents,
  );
  plan.said.push(...whatIsSigned(lastSigned(dossier)?.data.parts, parts, dossier));
  return { ...finished(plan), statement: plan.statement };
}

/** Also of one that was taken back: the Operator has read what it was given for. */
function lastSigned({ tree, wpId }: Dossier): TypedEntry<'sign'> | undefined {
  return tree.ledger.findLast(
    (entry) => entry.wpId === wpId && entry.complete && entry.kind === 'sign',
  ) as unknown as TypedEntry<'sign'> | undefined;
}

function whatIsSigned(
  before: Readonly<Record<string, string>> | undefined,
  parts: Readonly<Record<string, string>>,
  dossier: Dossier,
): string[] {
  const names = Object.keys(parts);
  const of = (document: string): number => names.filter((name) => name.startsWith(`${document}:`)).length;
  const all = `${of('refinement')} parts of the refinement, ${of('stub')} of the stub, ${of('clause')} clauses`;
  if (before === undefined) return [`signed ${all}; the first signature of ${dossier.wpId}`];
  const changes = changesSince(before, subjectNow(dossier)!);
  return [
    `signed ${all}; since the last signature:`,
    ...(changes.length === 0 ? ['  nothing has changed'] : []),
    ...changes.map(
      ({ name, change, file, line }) => `  ${change} ${name}${file === undefined ? '' : `  ${file}:${line}`}`,
    ),
  ];
}

/** Another branch or worktree that has gone on with this packet is merged first: two signatures would compete. */
export function elsewhereUnmet(
  { ground, wpId, tree }: Dossier,
  step: 'sign' | 'create' | 'revise',
): Finding[] {
  return ground.entries
    .filter(({ what }) => what.wpId === wpId)
    .map(({ where, what }) =>
      unmet(
        step,
        'GOES_ON_ELSEWHERE',
        linePlace(`${tree.folder}/ledger/${wpId}`, 1),
        `Unexpected entry "${what.kind}" on ${where}, expected none that is not here: ${broughtHere(where, what.path)}`,
      ),
    );
}

/** A merge of HEAD brings nothing, and of a folder there is none. */
function broughtHere(where: string, path: string): string {
  if (where === 'HEAD') return `bring it back first (${nextStep.restore(where, path)})`;
  const revision = /^(?:refs\/(?:heads|remotes)\/|commit )(.+)$/.exec(where)?.[1];
  return revision === undefined
    ? 'commit it there, and merge it first'
    : `merge it first (git merge ${revision})`;
}

function againstForm(
  { ground, refinement, wpId }: Dossier,
  text: string,
  approvedAt: string | undefined,
): Finding[] {
  const place = refinement?.signature?.place ?? linePlace(refinement?.path ?? '', 1);
  const refuse = (code: string, found: string, expected: string): Finding[] => [
    unmet('sign', code, place, `Unexpected signature "${text.slice(0, 40)}"${found}, expected ${expected}`),
  ];
  const form = '{username}{DDMMYYYYHHMM}, a time by your own clock';
  const parsed = parseSignature(text);
  if (parsed === undefined) return refuse('SIGNATURE_FORMAT', '', form);
  if (parsed.legacy) return refuse('SIGNATURE_FORMAT', ' in the old form DDMMYYHHMMSS', form);
  const instant = signatureInstant(parsed, ground.timeZone);
  if (instant === undefined)
    return refuse('SIGNATURE_FORMAT', ` of a time that no clock in ${ground.timeZone} showed`, form);
  const now = `now, ${clockIn(ground.now, ground.timeZone)} in ${ground.timeZone}`;
  if (instant > ground.now) return refuse('SIGNATURE_FORMAT', ' of a time to come', `one up to ${now}`);
  const approved = rfc3339(approvedAt ?? '');
  // The signature has minutes, and the approval seconds.
  if (approved !== undefined && instant < approved - (approved % 60_000)) {
    const from = clockIn(approved, ground.timeZone);
    return refuse('SIGNATURE_BEFORE_APPROVAL', '', `a time from the approval of ${wpId} (${from}) to ${now}`);
  }
  return [];
}

function clockIn(instant: number, zone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return format.format(instant).replace(',', '');
}

const UNSEEN = new Set([
  ...['artifact/malformed', 'tree/unreadable', 'tree/unmerged', 'tree/oversized'],
  ...['text/not-utf8', 'text/binary'],
]);

/** A log that was cut off in the middle may have the signature in what is lost (governance-grammar 5.1 #16). */
function unseenBearers({ tree, wpId }: Dossier): Finding[] {
  const own = [`${tree.folder}/ledger/${wpId}/`, `/${wpId}.md`];
  const isBearer = (file: string): boolean =>
    file === tree.gates?.path ||
    /\/(?:SIGNATURE_AUDIT|ORCHESTRATOR_GATES)\.\w+$|\/(?:refinements|task_packets|ledger)\//.test(file);
  return tree.findings
    .filter(({ rule, place }) => UNSEEN.has(rule) && isBearer(place.file))
    .filter(({ place }) => !own.some((part) => place.file.includes(part)))
    .map(({ place, message }) => {
      const why = 'a signature serves once, and what stands there cannot be seen';
      return unmet('sign', 'UNREADABLE', place, `${message}: ${why}`);
    });
}

/** A signature serves once, over all branches and worktrees. A mention in prose is no use. */
function againstUse({ tree, ground, wpId }: Dossier, signature: string): Finding[] {
  const here = (signatureUses(tree).get(signature) ?? []).map((what) => ({ where: undefined, what }));
  const others = ground.uses.filter(({ what }) => what.signature === signature);
  return [...here, ...others].map(({ where, what }) => {
    const on = where === undefined ? '' : ` on ${where}`;
    const by = what.wpIds.length === 0 ? 'no work packet' : what.wpIds.join(', ');
    return unmet(
      'sign',
      'SIGNATURE_REUSED',
      what.place,
      `Unexpected signature "${signature}" for ${wpId}, expected one that was never used: it serves ${by}${on} (${what.kind})`,
    );
  });
}
