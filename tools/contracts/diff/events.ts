import type { EventNode, Field, Ir } from '../ir.ts';
import {
  BOTH,
  below,
  CONSUMER,
  type ContractChange,
  changeAt,
  NOBODY,
  PRODUCER,
  type Spot,
} from './change.ts';
import { compareFields } from './compare.ts';
import { pairEvents } from './event-pairs.ts';
import type { Sides } from './side.ts';
import { typeText } from './text.ts';
import { versionKept } from './version.ts';

/** Events by id, with their types, and their payloads as records are compared. */
export function compareEvents(sides: Sides): ContractChange[] {
  const { same, retyped, reused, renumbered, swapped, removed, added } = pairEvents(
    sides.from.ir.events,
    sides.to.ir.events,
  );
  return [
    ...same.flatMap(([a, b]) => compareEvent(a, b, sides)),
    ...retyped.flatMap(([a, b]) => [
      changeAt(spotOf(a, b), 'contract/event-type-changed', BOTH, quoted(a.type), quoted(b.type)),
      ...compareEvent(a, b, sides),
    ]),
    ...reused.map(([a, b]) =>
      changeAt(spotOf(a, b), 'contract/event-id-reused', BOTH, quoted(a.type), quoted(b.type)),
    ),
    ...renumbered.flatMap(([a, b]) => [
      changeAt(spotOf(a, b), 'contract/event-id-changed', BOTH, a.frId, b.frId),
      ...compareEvent(a, b, sides),
    ]),
    ...swapped.flatMap(([[a, b], [c, d]]) => {
      const swap = changeAt(
        spotOf(a, b),
        'contract/event-ids-swapped',
        BOTH,
        `${a.frId} ${quoted(a.type)}, ${c.frId} ${quoted(c.type)}`,
        `${b.frId} ${quoted(b.type)}, ${d.frId} ${quoted(d.type)}`,
      );
      // Whether payloads went with the types or stayed with the ids: whichever leaves less to tell.
      const [moved, stayed] = [
        [...compareEvent(a, d, sides), ...compareEvent(c, b, sides)],
        [...compareEvent(a, b, sides), ...compareEvent(c, d, sides)],
      ];
      return [swap, ...(stayed.length < moved.length ? stayed : moved)];
    }),
    ...removed.map((a) => changeAt(spotOf(a, undefined), 'contract/event-removed', BOTH, eventText(a), null)),
    ...added.map((b) => changeAt(spotOf(undefined, b), 'contract/event-added', NOBODY, null, eventText(b))),
  ];
}

function spotOf(a: EventNode | undefined, b: EventNode | undefined): Spot {
  const { frId } = (a ?? b)!;
  const owners = new Set([a, b].flatMap((event) => (event ? [event.frId, event.payloadName] : [])));
  return { subject: 'event', name: frId, path: '', from: a?.evidence[0], to: b?.evidence[0], owners };
}

function compareEvent(a: EventNode, b: EventNode, sides: Sides): ContractChange[] {
  const spot = spotOf(a, b);
  const payload = compareFields(spot, a.payload, b.payload, sides);
  return [
    ...discriminator(spot, a, b, sides),
    ...correlation(spot, a, b),
    ...requirements(spot, a, b, sides),
    ...payload,
    ...versionKept(spot, a.payload, b.payload, payload, sides),
  ];
}

/** Where both contracts have an envelope, all events carry its discriminator, whatever their block says. */
function discriminator(spot: Spot, a: EventNode, b: EventNode, { from, to }: Sides): ContractChange[] {
  if (a.discriminator === b.discriminator) return [];
  const breaking = from.ir.envelope && to.ir.envelope ? NOBODY : BOTH;
  return [changeAt(spot, 'contract/discriminator-changed', breaking, a.discriminator, b.discriminator)];
}

function correlation(
  spot: Spot,
  { correlation: a }: EventNode,
  { correlation: b }: EventNode,
): ContractChange[] {
  if (a?.field === b?.field) return [];
  const breaking = a === null ? PRODUCER : b === null ? CONSUMER : BOTH;
  return [changeAt(spot, 'contract/correlation-changed', breaking, a?.field ?? null, b?.field ?? null)];
}

/** An event that leaves the envelope alone has its fields as every event has them. */
function requirements(spot: Spot, a: EventNode, b: EventNode, sides: Sides): ContractChange[] {
  const names = [...(a.narrows ?? []), ...(b.narrows ?? [])].map(({ name }) => name);
  return [...new Set(names)].flatMap((name) => {
    const [before, now] = [fieldOf(a, name, sides.from.ir), fieldOf(b, name, sides.to.ir)];
    const at: Spot = { ...spot, path: below('', name) };
    const [was, is] = [before && typeText(before.type, sides.from), now && typeText(now.type, sides.to)];
    return [
      ...(presenceOf(before) === presenceOf(now)
        ? []
        : presenceOf(now) === 'required'
          ? [changeAt(at, 'contract/envelope-field-required', PRODUCER, 'optional', 'required')]
          : [changeAt(at, 'contract/envelope-field-optional', CONSUMER, 'required', 'optional')]),
      ...(was === undefined || is === undefined || was === is
        ? []
        : [changeAt(at, 'contract/literal-changed', BOTH, was, is)]),
    ];
  });
}

function presenceOf(field: Field | undefined): Field['presence'] {
  return field?.presence ?? 'optional';
}

function fieldOf(event: EventNode, name: string, { envelope }: Ir): Field | undefined {
  const own = event.narrows?.find((field) => field.name === name);
  return own ?? envelope?.fields.find((field) => field.name === name);
}

const quoted = (text: string): string => JSON.stringify(text);

function eventText({ type, payload }: EventNode): string {
  const items = payload.map(({ name, presence }) => (presence === 'optional' ? `${name}?` : name));
  return `${quoted(type)} { ${items.join(', ')} }`;
}
