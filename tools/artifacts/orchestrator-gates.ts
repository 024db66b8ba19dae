import { type Finding, linePlace, type Place } from '../findings/index.ts';
import type { TextFile } from '../text/index.ts';
import { isRecord, jsonProblem } from './json.ts';
import { rfc3339 } from './rfc3339.ts';

/** An event of upstream's gate log. Anyone could have typed it: evidence, at best an attestation. */
export interface GateEvent {
  wpId: string;
  /** `REFINEMENT`, `SIGNATURE`, `PREPARE`. */
  type: string;
  timestamp: string;
  /** The timestamp in milliseconds since 1970. */
  time: number;
  signature?: string;
  branch?: string;
  coderId?: string;
  /** sha1 of the spec that a refinement was recorded against. */
  specSha1?: string;
  place: Place;
}

export interface OrchestratorGates {
  kind: 'gates';
  path: string;
  file: TextFile;
  events: GateEvent[];
  findings: Finding[];
}

/** Reads `{"gate_logs": [...]}`; what is no event is passed over with a finding. */
export function readOrchestratorGates(file: TextFile): OrchestratorGates {
  const gates: OrchestratorGates = { kind: 'gates', path: file.path, file, events: [], findings: [] };
  let content: unknown;
  try {
    content = JSON.parse(file.text);
  } catch (error) {
    gates.findings.push(jsonProblem(file, error));
    return gates;
  }
  const logs = isRecord(content) ? content.gate_logs : undefined;
  if (!Array.isArray(logs)) {
    gates.findings.push(jsonProblem(file, undefined, 'Unexpected content, expected {"gate_logs": [...]}'));
    return gates;
  }
  const lines = eventLines(file);
  logs.forEach((entry: unknown, index) => {
    // One `"wpId"` an event: where the counts differ, no line can be told.
    const place = linePlace(file.path, lines.length === logs.length ? lines[index]! : 1);
    const event = eventOf(entry, place);
    if (event) gates.events.push(event);
    else
      gates.findings.push(
        jsonProblem(
          file,
          undefined,
          'Unexpected entry, expected {wpId, type, timestamp} with an RFC 3339 time: it is no evidence',
          place,
        ),
      );
  });
  return gates;
}

function eventLines(file: TextFile): number[] {
  return file.lines.flatMap((text, index) =>
    [...text.matchAll(/(?:^|[{,])\s*"wpId"\s*:/g)].map(() => index + 1),
  );
}

function eventOf(entry: unknown, place: Place): GateEvent | undefined {
  if (!isRecord(entry)) return undefined;
  const text = (key: string): string | undefined => {
    const value = entry[key];
    return typeof value === 'string' ? value : undefined;
  };
  const wpId = text('wpId');
  const type = text('type');
  const timestamp = text('timestamp');
  if (wpId === undefined || type === undefined || timestamp === undefined) return undefined;
  const time = rfc3339(timestamp);
  // "whenever" is before and after everything (governance-grammar 5.1 #8).
  if (time === undefined) return undefined;
  const [signature, branch, coderId] = [text('signature'), text('branch'), text('coder_id')];
  const specSha1 = text('spec_target_sha1');
  return {
    wpId,
    type,
    timestamp,
    time,
    place,
    ...(signature === undefined ? {} : { signature }),
    ...(branch === undefined ? {} : { branch }),
    ...(coderId === undefined ? {} : { coderId }),
    ...(specSha1 === undefined ? {} : { specSha1 }),
  };
}
