import { quote, type TellAbout } from './faults.ts';
import type { Beside, ChainRecord } from './record.ts';

const FIELDS = ['event_id', 'model_session_id', 'fr_event_id', 'at'] as const;

/** Whether a body is an event, and what stands beside it is what it says. */
export function holdsTogether({ seq, body, says, beside }: ChainRecord, tell: TellAbout): boolean {
  if (says && says === beside) return true;
  const place = { what: 'record', seq, last_seq: seq } as const;
  if (!says) {
    tell('log/unreadable', place, `body of record ${seq}, expected an event in JSON: ${quote(body)}`);
    return false;
  }
  if (!beside) return true;
  const field = FIELDS.find((name) => says[name] !== beside[name]);
  if (field) {
    const [found, expected] = [quote(beside[field]), quote(says[field])];
    tell(
      'log/column',
      place,
      `${field} ${found} beside record ${seq}, expected ${expected} as its body says`,
    );
    return false;
  }
  if (says.names === null || (says.names.length === 0 && beside.names?.length === 0)) return true;
  const [found, expected] = [listed(beside), listed(says)];
  if (found === expected) return true;
  tell('log/column', place, `names ${found} beside record ${seq}, expected ${expected} as its body says`);
  return false;
}

const listed = ({ names }: Beside): string => [...(names ?? [])].sort().join(', ') || '(none)';
