import { compareText, linePlace, type Place, type Severity } from '../../findings/index.ts';
import { type Diagnostic, finding } from '../diagnostics.ts';
import type { EventMention, EventNode, Evidence } from '../ir.ts';

/** A mention of one of these forms lists all fields that an event has; any other names some of them. */
const COMPLETE = new Set(['table', 'interface', 'passed-over']);
/** So many further lines are named with a finding; more of them say nothing new. */
const MOST_RELATED = 20;

/**
 * Holds what the spec says of its events elsewhere against their definitions: types, payload names, and ids that
 * nothing defines or that are forbidden. `envelope` names the fields that every event has beside its payload.
 * Archived text is judged, too, and only informs.
 */
export function compareMentions(
  events: readonly EventNode[],
  mentions: readonly EventMention[],
  envelope: readonly string[] = [],
): Diagnostic[] {
  const defined = new Map(events.map((event) => [event.frId, event]));
  const groups = new Map<string, EventMention[]>();
  for (const mention of mentions) {
    const group = groups.get(mention.frId);
    if (group) group.push(mention);
    else groups.set(mention.frId, [mention]);
  }
  const outer = new Set(envelope);
  // `FR-EVT-SESS-SPAWN` names a family where an id goes on behind it.
  const isFamily = (frId: string): boolean => [...defined.keys()].some((id) => id.startsWith(`${frId}-`));
  return [...groups]
    .filter(([frId]) => defined.has(frId) || !isFamily(frId))
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([frId, group]) => {
      const event = defined.get(frId);
      const forbidden = group.filter(({ form }) => form === 'prohibition');
      if (forbidden.length > 0) return [prohibited(frId, forbidden, group, event)];
      return [
        ...typeConflicts(frId, group, event),
        ...(event ? payloadConflicts(event, group, outer) : []),
        ...disagreements(frId, group),
        ...(event ? [] : [undefinedEvent(frId, group)]),
      ];
    });
}

/** One finding for each type that is not the event's: of the definition, else of the first mention that has one. */
function typeConflicts(frId: string, group: EventMention[], event: EventNode | undefined): Diagnostic[] {
  const first = group.find(({ type, archived }) => type !== undefined && !archived);
  const own = event?.type ?? first?.type ?? group.find(({ type }) => type !== undefined)?.type;
  if (own === undefined || own === '') return [];
  const byType = new Map<string, EventMention[]>();
  for (const mention of group) {
    if (mention.type === undefined || mention.type === own) continue;
    const same = byType.get(mention.type);
    if (same) same.push(mention);
    else byType.set(mention.type, [mention]);
  }
  const source = event?.evidence[0] ?? group.find(({ type }) => type === own)!.evidence[0]!;
  return [...byType].map(([type, [at, ...rest]]) => {
    const prefix = own.endsWith(`_${type}`) || type.endsWith(`_${own}`);
    const note = prefix ? '; they differ by a prefix only' : '';
    const message = `Unexpected type "${type}" of ${frId}, expected "${own}"${note}`;
    const related = [
      { place: placeOf(source), note: event ? `defined as "${own}"` : `named "${own}" here` },
      ...others(rest, `"${type}", too`),
    ];
    const args = { event: frId, type, expected: own, prefix };
    return {
      finding: finding('event-type-conflict', severityOf([at!, ...rest]), at!.evidence[0]!, message, {
        args,
        related,
      }),
    };
  });
}

function payloadConflicts(
  event: EventNode,
  group: EventMention[],
  envelope: ReadonlySet<string>,
): Diagnostic[] {
  const names = new Set([
    ...event.payload.map(({ name }) => name),
    ...(event.narrows ?? []).map(({ name }) => name),
  ]);
  const required = event.payload.filter(({ presence }) => presence === 'required').map(({ name }) => name);
  return group.flatMap((mention) => {
    if (mention.fields === undefined) return [];
    const listed = mention.fields.map(bare);
    const lacks = listed.filter((name) => !names.has(name) && !envelope.has(name));
    const missing = COMPLETE.has(mention.form) ? required.filter((name) => !listed.includes(name)) : [];
    const wrong = [
      ...(lacks.length > 0 ? [`${lacks.join(', ')}, which its definition lacks`] : []),
      ...(missing.length > 0 ? [`no ${missing.join(', ')}, which it requires`] : []),
    ];
    if (wrong.length === 0) return [];
    const message = `Unexpected payload of ${event.frId} with ${wrong.join(', and ')}; expected the names of its definition`;
    const related = [{ place: placeOf(event.evidence[0]!), note: 'the definition' }];
    const args = { event: event.frId, lacks, missing };
    const details = { args, related };
    return [
      {
        finding: finding(
          'event-payload-conflict',
          severityOf([mention]),
          mention.evidence[0]!,
          message,
          details,
        ),
      },
    ];
  });
}

/** Two places that list all fields of one event under one type, and list different ones. */
function disagreements(frId: string, group: EventMention[]): Diagnostic[] {
  const byType = new Map<string, EventMention>();
  return group.flatMap((mention) => {
    if (mention.fields === undefined || !COMPLETE.has(mention.form)) return [];
    const type = mention.type ?? '';
    const first = byType.get(type);
    byType.set(type, first ?? mention);
    if (first === undefined) return [];
    const [one, two] = [first.fields!.map(bare), mention.fields.map(bare)];
    const only = one.filter((name) => !two.includes(name));
    const other = two.filter((name) => !one.includes(name));
    if (only.length + other.length === 0) return [];
    const { line } = first.evidence[0]!;
    const change = [
      ...(other.length > 0 ? [`with ${other.join(', ')}`] : []),
      ...(only.length > 0 ? [`without ${only.join(', ')}`] : []),
    ];
    const message = `Unexpected payload of ${frId} ${change.join(' and ')}, expected that of line ${line}`;
    const related = [{ place: placeOf(first.evidence[0]!), note: 'lists other names' }];
    const details = { args: { event: frId, only, other }, related };
    return [
      {
        finding: finding(
          'event-payload-conflict',
          severityOf([mention]),
          mention.evidence[0]!,
          message,
          details,
        ),
      },
    ];
  });
}

function undefinedEvent(frId: string, group: EventMention[]): Diagnostic {
  const body = group.filter(({ archived }) => !archived);
  const at = body.find(({ form }) => form === 'table') ?? body[0] ?? group[0]!;
  const lists = group.filter(({ fields }) => fields !== undefined);
  const listed = lists.find(({ archived }) => !archived) ?? lists[0];
  const note = listed ? `; line ${listed.evidence[0]!.line} lists fields of it` : '';
  const message = `Unexpected ${frId}, expected a block that defines it${note}`;
  const related = [
    ...lists.map(({ evidence, fields }) => ({
      place: placeOf(evidence[0]!),
      note: `lists ${fields!.join(', ')}`,
    })),
    ...others(
      group.filter((mention) => mention !== at && !lists.includes(mention)),
      'named here, too',
    ),
  ].slice(0, MOST_RELATED);
  const details = { args: { event: frId }, related };
  return { finding: finding('event-undefined', severityOf(group), at.evidence[0]!, message, details) };
}

function prohibited(
  frId: string,
  [first, ...rest]: EventMention[],
  group: EventMention[],
  event: EventNode | undefined,
): Diagnostic {
  const said = first!.evidence[0]!;
  if (event) {
    const message = `Unexpected definition of ${frId}, expected none since line ${said.line} forbids the id`;
    const related = [{ place: placeOf(said), note: 'forbids it' }, ...others(rest, 'forbids it, too')];
    const details = { args: { event: frId }, related };
    return { finding: finding('event-prohibited', 'error', event.evidence[0]!, message, details) };
  }
  const uses = group.filter(({ form }) => form !== 'prohibition');
  const message = `Unexpected id ${frId}, expected none: the spec forbids it here`;
  const details = { args: { event: frId }, related: others(uses, 'names it all the same') };
  return { finding: finding('event-prohibited', 'info', said, message, details) };
}

/** What archived text alone says is no fault of the spec. */
function severityOf(mentions: EventMention[]): Severity {
  return mentions.every(({ archived }) => archived) ? 'info' : 'warning';
}

function others(mentions: EventMention[], note: string): { place: Place; note: string }[] {
  return mentions.slice(0, MOST_RELATED).map(({ evidence }) => ({ place: placeOf(evidence[0]!), note }));
}

function bare(name: string): string {
  return name.replace(/[?[\]]+$/, '');
}

function placeOf({ file, line }: Evidence): Place {
  return linePlace(file, line);
}
