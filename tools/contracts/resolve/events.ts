import type { Diagnostic } from '../diagnostics.ts';
import type { EnvelopeNode, EventNode, RecordNode } from '../ir.ts';
import type { Answers } from '../overlay/answers.ts';
import { buildEnvelope, correlate, narrowEnvelope, nestPayload } from './envelope.ts';
import { type LookIn, resolvePayload } from './payloads.ts';

interface Beside {
  /** The interface that all events extend, where the spec has one. */
  base: RecordNode | undefined;
  records: LookIn;
  answers: Answers;
}

/** The events in their one envelope, each item of a payload typed as far as the spec and the overlay go. */
export function resolveEvents(
  chosen: EventNode[],
  { base, records, answers }: Beside,
): { events: EventNode[]; envelope?: EnvelopeNode; diagnostics: Diagnostic[] } {
  const { envelope, diagnostics } = buildEnvelope(base, chosen, answers);
  // The members of a family share their fields: one word on each is enough.
  const said = new Set<string>();
  const events = chosen.map((raw) => {
    const typed = resolvePayload(raw, records, answers);
    const nested = nestPayload(typed.event, base, envelope);
    const narrowed = narrowEnvelope(nested.event, envelope, answers);
    const done = correlate(narrowed.event, answers);
    const doubts = nested.diagnostics.filter(({ finding: { place } }) => {
      const at = `${place.file}:${place.line}`;
      return !said.has(at) && said.add(at);
    });
    diagnostics.push(...typed.diagnostics, ...doubts, ...narrowed.diagnostics, ...done.diagnostics);
    return done.event;
  });
  return { events, ...(envelope && { envelope }), diagnostics };
}
