import { canonicalJson } from '../../text/index.ts';
import type { Field } from '../ir.ts';
import {
  type Breaking,
  CONSUMER,
  type ContractChange,
  changeAt,
  NOBODY,
  PRODUCER,
  type Spot,
} from './change.ts';
import { newName, type Sides } from './side.ts';
import { fieldText, meaningText } from './text.ts';

/** What a field says beside its type: presence, default, bounds, vocabulary, meaning. */
export function compareValues(spot: Spot, a: Field, b: Field, sides: Sides): ContractChange[] {
  const texts = [fieldText(a, sides.from), fieldText(b, sides.to)] as const;
  const changes: ContractChange[] = [];
  const tell = (rule: string, breaking: Breaking): void => {
    changes.push(changeAt(spot, rule, breaking, ...texts));
  };
  if (a.presence !== b.presence) {
    if (b.presence === 'required') tell('contract/field-became-required', PRODUCER);
    else tell('contract/field-became-optional', CONSUMER);
  }
  const values = [defaultOf(a, (name) => newName(sides, name)), defaultOf(b, (name) => name)];
  if (values[0] !== values[1]) {
    if (values[0] === undefined) tell('contract/default-added', NOBODY);
    else tell(values[1] === undefined ? 'contract/default-removed' : 'contract/default-changed', CONSUMER);
  }
  const { tightened, loosened } = boundsOf(a, b);
  if (tightened) tell('contract/bound-tightened', tightened);
  if (loosened) tell('contract/bound-loosened', loosened);
  if (a.open && b.open && canonicalJson(a.open) !== canonicalJson(b.open))
    tell('contract/vocabulary-changed', NOBODY);
  const [before, now] = [meaningText(a), meaningText(b)];
  if (before !== now)
    changes.push(changeAt(spot, 'contract/meaning-changed', NOBODY, before || null, now || null));
  return changes;
}

function defaultOf({ default: value }: Field, named: (name: string) => string): string | undefined {
  if (value === undefined) return undefined;
  return canonicalJson(value.kind === 'from' ? { ...value, record: named(value.record) } : value);
}

/** A bound that was concluded from prose is shown and not enforced: no validator refuses what is beyond it. */
function boundsOf(a: Field, b: Field): { tightened?: Breaking; loosened?: Breaking } {
  const found: { tightened?: Breaking; loosened?: Breaking } = {};
  const enforced = ({ bounds }: Field): boolean => bounds !== undefined && bounds.confidence !== 'inferred';
  const before: { min?: number; max?: number } = a.bounds ?? {};
  const now: { min?: number; max?: number } = b.bounds ?? {};
  const most = Number.POSITIVE_INFINITY;
  const raised = (now.min ?? -most) - (before.min ?? -most);
  const lowered = (before.max ?? most) - (now.max ?? most);
  if (raised > 0 || lowered > 0) found.tightened = enforced(b) ? PRODUCER : NOBODY;
  if (raised < 0 || lowered < 0) found.loosened = enforced(a) ? CONSUMER : NOBODY;
  return found;
}
