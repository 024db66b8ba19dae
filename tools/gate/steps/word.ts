import { allOf, isDated, type LedgerKind } from '../../artifacts/index.ts';
import { linePlace } from '../../findings/index.ts';
import { canonicalJson } from '../../text/index.ts';
import { dayIn, findBlockers } from '../blockers.ts';
import type { Dossier } from '../dossier.ts';
import { HUMANS, judge, wordSubject } from '../items/index.ts';
import type { WpItem } from '../model.ts';
import { type By, commonUnmet, emptyPlan, finished, record, type StepPlan, unmet } from './plan.ts';

/** Which kind of word a role has: a Coder claims, a Validator confirms, the Operator attests. */
export const WORD_OF = {
  Operator: 'attest',
  Validator: 'confirm',
  Coder: 'claim',
  Orchestrator: 'attest',
} as const;

export interface AttestInput {
  item: Pick<WpItem, 'index' | 'intent' | 'text'>;
  reason: string;
}

/** A human's word for what no record can prove, with a reason, and bound to what it was said of. */
export function planAttest(dossier: Dossier, by: By, { item, reason }: AttestInput): StepPlan {
  const { wpId, stub, packet, tree } = dossier;
  const kind: LedgerKind & ('attest' | 'confirm' | 'claim') = WORD_OF[by.role];
  const plan = emptyPlan(kind, wpId);
  const place = linePlace(stub?.path ?? `${tree.folder}/ledger/${wpId}`, 1);
  plan.unmet.push(...commonUnmet(dossier, kind, by));
  // Before there is a packet nobody has work that could be claimed, or confirmed (G02).
  if (kind !== 'attest' && packet === undefined) {
    const message = `Unexpected "${kind}" of ${wpId}, expected a packet first: a stub gives nobody work (gov wp status ${wpId})`;
    plan.unmet.push(unmet(kind, 'STUB_NOT_EXECUTABLE', place, message));
  }
  if (!HUMANS.has(item.intent)) {
    const { next } = judge(dossier, item);
    const way = next === undefined ? '' : ` (${next})`;
    const message = `Unexpected word for item ${item.index} (${item.intent}), expected its evidence: it is there or it is not, and nobody's word is it${way}`;
    plan.unmet.push(unmet(kind, 'NOT_A_MATTER_OF_WORDS', place, message));
  } else {
    const judgement = judge(dossier, item);
    if (judgement.state === 'FAIL') {
      const message = `Unexpected word for item ${item.index} (${item.intent}), expected it to be mended: ${judgement.evidence[0]?.detail ?? ''}`;
      plan.unmet.push(unmet(kind, 'DISPROVED', place, message));
    }
    if (judgement.state === 'PASS')
      plan.done = `item ${item.index} (${item.intent}) is proven, and needs no word`;
  }
  plan.unmet.push(...againstReason(kind, reason, place));
  const data = {
    intent: item.intent,
    ...(item.intent === 'other' && { text: item.text }),
    reason: reason.trim(),
    subject: wordSubject(dossier, item),
  };
  const same = allOf(dossier.fold, kind).find(
    (word) => word.actor === by.actor && canonicalJson(word.data) === canonicalJson(data),
  );
  if (same !== undefined)
    plan.done ??= `${by.actor} said so of item ${item.index} (${item.intent}) at ${same.time}`;
  if (plan.unmet.length > 0 || plan.done !== undefined) return finished(plan);
  record(plan, dossier, by, { kind, data });
  plan.said.push(
    `${kind === 'claim' ? 'claimed' : kind === 'confirm' ? 'confirmed' : 'attested'} item ${item.index} (${item.intent})`,
  );
  return finished(plan);
}

export interface WaiveInput {
  blocker: string;
  reason: string;
  /** `2026-12-31`: the last day. */
  until: string;
}

/** A blocker that does not count until a day is over. It is a record with its end, and never a sentence somewhere. */
export function planWaive(dossier: Dossier, by: By, { blocker, reason, until }: WaiveInput): StepPlan {
  const { wpId, stub, tree, ground } = dossier;
  const plan = emptyPlan('waive', wpId);
  const place = linePlace(stub?.path ?? `${tree.folder}/ledger/${wpId}`, 1);
  plan.unmet.push(...commonUnmet(dossier, 'waive', by), ...againstReason('waive', reason, place));
  const { blockers, waived } = findBlockers(dossier);
  const same = waived.find(
    (waiver) => waiver.wp_id === blocker && waiver.detail.includes(` until ${until}: ${reason.trim()}`),
  );
  if (same !== undefined) {
    plan.done = `${blocker} is ${same.detail}`;
    return finished(plan);
  }
  const known = [...blockers, ...waived].map(({ wp_id: id }) => id);
  if (!known.includes(blocker)) {
    const expected = known.length === 0 ? `none: nothing blocks ${wpId}` : `one of ${known.join(', ')}`;
    plan.unmet.push(
      unmet('waive', 'NO_SUCH_BLOCKER', place, `Unexpected blocker ${blocker}, expected ${expected}`),
    );
  }
  const today = dayIn(ground.now, ground.timeZone);
  if (
    !/^\d{4}-\d{2}-\d{2}$/.test(until) ||
    Number.isNaN(Date.parse(until)) ||
    new Date(until).toISOString().slice(0, 10) !== until
  )
    plan.unmet.push(
      unmet('waive', 'NO_DAY', place, `Unexpected end "${until}", expected the last day as YYYY-MM-DD`),
    );
  else if (until < today)
    plan.unmet.push(
      unmet('waive', 'NO_DAY', place, `Unexpected end ${until}, expected today (${today}) or later`),
    );
  if (plan.unmet.length > 0) return finished(plan);
  record(plan, dossier, by, { kind: 'waive', data: { blocker, reason: reason.trim(), until } });
  plan.said.push(`waived ${blocker} until the end of ${until}`);
  return finished(plan);
}

/** A reason that says something: a template's words, or a signature in its place, are none. */
export function againstReason(step: string, reason: string, place: ReturnType<typeof linePlace>) {
  const text = reason.trim();
  const empty =
    text === '' || /^[<{].*[>}]$/.test(text) || isDated(text) || text.length > 2000 || /[\r\n]/.test(text);
  return empty
    ? [
        unmet(
          step,
          'NO_REASON',
          place,
          `Unexpected reason "${text.slice(0, 40)}", expected one line that says why`,
        ),
      ]
    : [];
}
