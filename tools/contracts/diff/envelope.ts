import { canonicalJson } from '../../text/index.ts';
import type { EnvelopeNode } from '../ir.ts';
import { BOTH, CONSUMER, type ContractChange, changeAt, NOBODY, type Spot } from './change.ts';
import { compareFields } from './compare.ts';
import type { Sides } from './side.ts';

/** The name under which overlay and findings know the shape that every event travels in. */
const NAME = 'FlightRecorderEvent';

/** The shape that every event travels in. `told` are the changes of types: a field that its base says is told there. */
export function compareEnvelope(sides: Sides, told: readonly ContractChange[]): ContractChange[] {
  const [a, b] = [sides.from.ir.envelope, sides.to.ir.envelope];
  const spot: Spot = {
    subject: 'envelope',
    name: NAME,
    path: '',
    from: a?.evidence[0],
    to: b?.evidence[0],
    owners: new Set([NAME]),
  };
  if (a === undefined || b === undefined) {
    if (a === b) return [];
    // Without an envelope no event is generated: where there was none, nobody could write one.
    const breaking = a === undefined ? NOBODY : BOTH;
    return [
      changeAt(
        spot,
        'contract/envelope-changed',
        breaking,
        a ? envelopeText(a) : null,
        b ? envelopeText(b) : null,
      ),
    ];
  }
  const known = new Set(told.map(keyOf));
  const fields = compareFields(spot, a.fields, b.fields, sides).filter((change) => !known.has(keyOf(change)));
  return [...compareForm(spot, a, b), ...fields];
}

function keyOf({ rule, path, from, to, places }: ContractChange): string {
  return canonicalJson([rule, path, from, to, places.from ?? null, places.to ?? null]);
}

function compareForm(spot: Spot, a: EnvelopeNode, b: EnvelopeNode): ContractChange[] {
  const changes: ContractChange[] = [];
  if (a.discriminator !== b.discriminator) {
    // Who still accepts the old name accepts what is written under it.
    const breaking = b.accepts.includes(a.discriminator) ? CONSUMER : BOTH;
    changes.push(
      changeAt(spot, 'contract/discriminator-changed', breaking, a.discriminator, b.discriminator),
    );
  }
  const differs = (was: readonly string[], is: readonly string[]): boolean =>
    was.some((name) => !is.includes(name));
  const producer =
    a.idField !== b.idField || differs(a.accepts, [...b.accepts, b.discriminator]) || differs(b.utc, a.utc);
  const consumer = a.idField !== b.idField || differs(a.utc, b.utc);
  const [before, now] = [envelopeText(a), envelopeText(b)];
  if (before !== now) {
    const breaking = { producer, consumer };
    changes.push(changeAt(spot, 'contract/envelope-changed', breaking, before, now));
  }
  return changes;
}

/** What an envelope says beside its discriminator and its fields. */
function envelopeText({ idField, accepts, utc }: EnvelopeNode): string {
  const list = (names: readonly string[]): string => [...names].sort().join(', ');
  return [
    `id in ${idField}`,
    ...(accepts.length > 0 ? [`type also as ${list(accepts)}`] : []),
    ...(utc.length > 0 ? [`UTC: ${list(utc)}`] : []),
  ].join(', ');
}
