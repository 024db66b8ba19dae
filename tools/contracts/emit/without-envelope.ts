import type { Finding } from '../../findings/index.ts';
import { finding } from '../diagnostics.ts';
import { EVENT_BASE } from '../dialects/typescript.ts';
import type { Ir } from '../ir.ts';

/** A spec that defines nothing: files without a type would let every gate pass that has seen nothing. */
export function nothingDefined({ types, events }: Ir, file: string): Finding[] {
  if (types.length + events.length > 0) return [];
  const message = 'Unexpected spec without a type or an event, expected blocks or tables that define one';
  return [finding('nothing-defined', 'error', { file, line: 1 }, message)];
}

/** Events that nothing is written of, since nobody says what they travel in: a silence that looks like success. */
export function eventsWithoutEnvelope({ events, envelope, types }: Ir): Finding[] {
  const [first, ...rest] = events;
  if (first === undefined || envelope !== undefined) return [];
  const base = types.some(({ name }) => name === EVENT_BASE);
  const which = rest.length === 0 ? first.frId : `${first.frId} and ${rest.length} more`;
  const message = `Unexpected events without an envelope (${which}), expected ${
    base ? '' : `an interface ${EVENT_BASE} in the spec and `
  }an answer "envelope" in the overlay`;
  return [
    finding('envelope-unstated', 'error', first.evidence[0]!, message, { args: { events: events.length } }),
  ];
}
