import { type Field, splitNote } from '../../markdown/index.ts';
import { tickedItem } from '../print/boxes.ts';
import { withField } from '../print/fields.ts';
import type { Stub } from '../stub/stub.ts';
import type { FieldFacts, StubFacts } from '../tree/facts.ts';
import type { Expected, Standing } from './expected.ts';
import type { Told } from './told.ts';

const ACTIVATED = 'ACTIVATED_TO_PACKET';

/** As each family has always put it (governance-grammar 1.3). */
export const OPEN_STATUS = { M: 'STUB (NOT READY FOR DEV)', L: 'STUB (Not Activated)' } as const;

/** A status that says that the packet was made, or does not, against the ledger. */
export function stubDrift(stub: StubFacts, { wpId, standing, owner }: Expected, { drift }: Told): void {
  if (standing === undefined || standing === 'gone' || stub.status === undefined) return;
  if (isRight(stub.status, standing)) return;
  const expected = statusOf(stub, standing);
  const { place, raw } = stub.status;
  drift.push({ surface: 'stub', wpId, place, found: raw === '' ? 'no status' : raw, expected, owner });
}

/**
 * Once the packet is made every item was proven or said: the boxes show it, and the status does. Steps without boxes
 * stay as they are.
 */
export function renderStub(stub: Stub, standing: Standing): Stub {
  const { checklist } = stub;
  let rendered = stub;
  for (const status of stub.statuses)
    if (!isRight(status, standing)) rendered = withField(rendered, said(status, statusOf(stub, standing)));
  const open = checklist?.items.some(
    ({ boxPlace, checked }) => boxPlace !== undefined && checked !== standing.activated,
  );
  if (checklist === undefined || open !== true) return rendered;
  const items = checklist.items.map((item) =>
    item.boxPlace === undefined || item.checked === standing.activated
      ? item
      : tickedItem(item, standing.activated),
  );
  return { ...rendered, checklist: { ...checklist, items } };
}

function isRight({ value }: Pick<FieldFacts, 'value'>, { activated }: Standing): boolean {
  return activated === /^ACTIVATED/i.test(value);
}

function statusOf({ family }: Pick<Stub, 'family'>, { activated, was }: Standing): string {
  return activated ? ACTIVATED : (was?.status ?? OPEN_STATUS[family]);
}

/** The field as it reads once `raw` stands there. */
function said({ note: _, ...field }: Field, raw: string): Field {
  return { ...field, ...splitNote(raw), raw };
}
