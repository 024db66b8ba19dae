import type { GateEvent } from '../../artifacts/index.ts';
import type { Dossier } from '../dossier.ts';
import type { Evidence } from '../model.ts';

/** Something that a person says of a value of an event, where it stands. */
export function saysOf({ entry, place }: GateEvent, key: string, detail: string): Evidence {
  const at = entry.at(key)?.place ?? place;
  return { kind: 'gate_log', file: at.file, line: at.line, detail };
}

/** Entries of one type that would be events of the work packet, and are none (governance-grammar 5.1 #8). */
export function noEvents({ gateProblems }: Dossier, type: string): Evidence[] {
  return gateProblems
    .filter(({ args }) => args.type === type)
    .map(({ place, args }): Evidence => {
      const detail = `${type}: its ${String(args.key)} is no such value, so that it is no evidence`;
      return { kind: 'gate_log', file: place.file, line: place.line, detail };
    });
}
