import type { Finding, Place } from '../findings/index.ts';
import type { TextFile } from '../text/index.ts';
import { isRecord, malformed } from './json/json.ts';
import { type JsonDocument, openJson, rootObject } from './json/json-document.ts';
import type { JsonNode } from './json/json-node.ts';
import { printEdited } from './json/json-print.ts';
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
  /**
   * Of the log's first days, when nothing was looked at: a refinement without its file and spec (`data` tells
   * what it was about), a signature without the refinement that it signs.
   */
  legacy: boolean;
  /** The whole entry: keys that nobody knows, and where each value stands. */
  entry: JsonNode;
  readonly place: Place;
}

export interface OrchestratorGates {
  kind: 'gates';
  path: string;
  file: TextFile;
  document: JsonDocument;
  /** What the file holds; `events` are read from it, and {@link printOrchestratorGates} prints it. */
  content: unknown;
  events: GateEvent[];
  findings: Finding[];
}

const NO_EVENT =
  'Unexpected entry, expected {wpId, type, timestamp} with an RFC 3339 time: it is no evidence';

/** Reads `{"gate_logs": [...]}`; what is no event is passed over with a finding. */
export function readOrchestratorGates(file: TextFile): OrchestratorGates {
  const document = openJson(file);
  const root = rootObject(document, '{"gate_logs": [...]}');
  const findings = [...document.findings];
  const events: GateEvent[] = [];
  if (root !== undefined && !Array.isArray(root.at('gate_logs')?.value)) {
    const { place } = root.at('gate_logs') ?? root;
    findings.push(malformed(place, 'Unexpected content, expected {"gate_logs": [...]}'));
  }
  for (const entry of root?.list('gate_logs') ?? []) {
    const event = eventOf(entry);
    if (event) events.push(event);
    else findings.push(noEvent(entry));
  }
  return { kind: 'gates', path: file.path, file, document, content: document.root?.value, events, findings };
}

/** The log with its content, in the two-space form of `record-refinement` and its siblings. */
export function printOrchestratorGates({ document, content }: OrchestratorGates): string {
  return printEdited(document, content);
}

function eventOf(entry: JsonNode): GateEvent | undefined {
  if (!isRecord(entry.value)) return undefined;
  const text = (key: string): string | undefined => entry.text(key)?.text;
  const [wpId, type, timestamp] = [text('wpId'), text('type'), text('timestamp')];
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
    legacy: isLegacy(type, entry.value),
    entry,
    get place() {
      return entry.place;
    },
    ...(signature === undefined ? {} : { signature }),
    ...(branch === undefined ? {} : { branch }),
    ...(coderId === undefined ? {} : { coderId }),
    ...(specSha1 === undefined ? {} : { specSha1 }),
  };
}

/** Whoever asks about a work packet is told of the entry that would have been one of its events. */
function noEvent(entry: JsonNode): Finding {
  const { key, node } = wrongIn(entry);
  const [wpId, type] = [entry.text('wpId')?.text, entry.text('type')?.text];
  return malformed(node.place, NO_EVENT, {
    key,
    ...(wpId !== undefined && { wpId }),
    ...(type !== undefined && { type }),
  });
}

/** The value that makes an entry no event, or the entry that lacks one. */
function wrongIn(entry: JsonNode): { key: string; node: JsonNode } {
  const keys = ['wpId', 'type', 'timestamp'];
  const key = keys.find((each) => typeof entry.at(each)?.value !== 'string') ?? 'timestamp';
  return { key, node: entry.at(key) ?? entry };
}

function isLegacy(type: string, entry: Record<string, unknown>): boolean {
  if ('refinement_path' in entry) return false;
  return (type === 'REFINEMENT' && 'data' in entry) || (type === 'SIGNATURE' && 'signature' in entry);
}
