import type { PacketInput, Refinement, Stub } from '../../artifacts/index.ts';
import { type Finding, linePlace } from '../../findings/index.ts';
import { asciiEscaped } from '../ascii.ts';
import { notesOf } from '../items/copy-notes.ts';
import { unmet } from './plan.ts';

/**
 * What the packet could not be made of: a value that is missing, a path that leads out, a note of the stub whose
 * fate nobody has decided. It is asked before the approval too, since after the signature all of it is signed.
 */
export function packetInputUnmet(
  step: string,
  stub: Stub,
  refinement: Refinement,
  wanted: PacketInput,
): Finding[] {
  return [...inputUnmet(step, refinement, wanted), ...notesUnmet(step, stub, refinement, wanted)];
}

/** Refinements of before have no section for the packet, and can still be approved as they are. */
export function saysPacketInput({ sections }: Refinement): boolean {
  return sections.some(({ title }) => /^PACKET_INPUT\b/.test(title));
}

const VALUES = ['REQUESTOR', 'RISK_TIER', 'ROLLBACK_HINT'] as const;
const LISTS = ['IN_SCOPE_PATHS', 'TEST_PLAN', 'RISK_MAP', 'END_TO_END_CLOSURE_PLAN'] as const;

function inputUnmet(step: string, refinement: Refinement, { values, lists }: PacketInput): Finding[] {
  const section = refinement.sections.find(({ title }) => /^PACKET_INPUT\b/.test(title));
  const place = linePlace(refinement.path, section?.line ?? 1);
  const refuse = (key: string, expected: string): Finding =>
    unmet(step, 'NO_INPUT', place, `Unexpected absence of ${key} in PACKET_INPUT, expected ${expected}`);
  const found = [
    ...VALUES.flatMap((key) => (values.has(key) ? [] : [refuse(key, 'a value')])),
    ...LISTS.flatMap((key) =>
      (lists.get(key) ?? []).length > 0 ? [] : [refuse(key, 'one line or more below it')],
    ),
  ];
  const tier = values.get('RISK_TIER');
  if (tier !== undefined && !/^(?:LOW|MEDIUM|HIGH)$/.test(tier.text))
    found.push(
      unmet(
        step,
        'NO_INPUT',
        tier.place,
        `Unexpected RISK_TIER "${tier.text}", expected LOW, MEDIUM or HIGH`,
      ),
    );
  for (const { text, place: at } of lists.get('IN_SCOPE_PATHS') ?? [])
    if (/^(?:[/\\]|[A-Za-z]:|~)|(?:^|[/\\])\.\.(?:[/\\]|$)|\s/.test(text))
      found.push(
        unmet(
          step,
          'NO_INPUT',
          at,
          `Unexpected path "${text}", expected a file of the repository, from its root`,
        ),
      );
  return found;
}

function notesUnmet(step: string, stub: Stub, refinement: Refinement, { notes }: PacketInput): Finding[] {
  const section = refinement.sections.find(({ title }) => /^STUB_NOTES\b/.test(title));
  return notesOf(stub).flatMap(({ id, text }) => {
    const fate = notes.get(id);
    if (fate?.text === 'CARRY' || /^DROPPED:\s*\S/.test(fate?.text ?? '')) return [];
    const place = fate?.place ?? linePlace(refinement.path, section?.line ?? 1);
    const said = fate === undefined ? 'absence' : `"${fate.text}"`;
    return [
      unmet(
        step,
        'NOTE_UNMAPPED',
        place,
        `Unexpected ${said} for the note ${id} of the stub ("${asciiEscaped(text).slice(0, 60)}"), expected "- ${id}: CARRY" or "- ${id}: DROPPED: reason"`,
      ),
    ];
  });
}
