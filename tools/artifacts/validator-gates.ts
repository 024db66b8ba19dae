import type { Finding } from '../findings/index.ts';
import type { TextFile } from '../text/index.ts';
import { stemOf } from './document.ts';
import { isRecord, malformed } from './json/json.ts';
import { type JsonDocument, openJson, rootObject } from './json/json-document.ts';
import type { JsonNode, JsonText } from './json/json-node.ts';
import { printEdited } from './json/json-print.ts';
import { rfc3339 } from './rfc3339.ts';

/** One gate that a validation went through. */
export interface ValidatorGate {
  /** `WP_APPENDED`, `COMMITTED`, `REPORT_PRESENTED`, `USER_ACKNOWLEDGED`. */
  gate: JsonText;
  verdict?: JsonText;
  timestamp?: JsonText;
  /** In milliseconds since 1970, where the timestamp is one. */
  time?: number;
}

/** The gates of one validation, in the order of the file. */
export interface ValidationSession {
  /** The key that it stands under; a session that was archived has none. */
  key?: JsonText;
  wpId?: JsonText;
  verdict?: JsonText;
  status?: JsonText;
  gates: ValidatorGate[];
  /** Which order the gates follow so far; undefined where they follow none, `both` before the first. */
  order: GateOrder | 'both' | undefined;
  archived: boolean;
  /** The whole session: keys that nobody knows, and where each value stands. */
  entry: JsonNode;
}

export interface ValidatorGates {
  kind: 'validatorGates';
  path: string;
  stem: string;
  file: TextFile;
  /** The one file of the first days, which holds the sessions of many work packets. */
  legacy: boolean;
  document: JsonDocument;
  /** What the file holds; the sessions are read from it, and {@link printValidatorGates} prints it. */
  content: unknown;
  sessions: ValidationSession[];
  archived: ValidationSession[];
  findings: Finding[];
}

/** Two orders are in use: reporting first, as the kernel's rules still say, and appending first. */
export type GateOrder = 'report_first' | 'append_first';

export const GATE_ORDERS: Readonly<Record<GateOrder, readonly string[]>> = {
  report_first: ['REPORT_PRESENTED', 'USER_ACKNOWLEDGED', 'WP_APPENDED', 'COMMITTED'],
  append_first: ['WP_APPENDED', 'COMMITTED', 'REPORT_PRESENTED', 'USER_ACKNOWLEDGED'],
};

const SESSIONS = '{"validation_sessions": {...}, "archived_sessions": [...]}';
const NO_SESSION = 'Unexpected session, expected {wpId, verdict, status, gates: [{gate, timestamp}]}';

/** Reads the validator's gates of one work packet, or the legacy file of many. */
export function readValidatorGates(file: TextFile): ValidatorGates {
  const document = openJson(file);
  const root = rootObject(document, SESSIONS);
  const stem = stemOf(file.path);
  const gates: ValidatorGates = {
    kind: 'validatorGates',
    path: file.path,
    stem,
    file,
    legacy: stem === 'VALIDATOR_GATES',
    document,
    content: document.root?.value,
    sessions: [],
    archived: [],
    findings: [...document.findings],
  };
  if (root === undefined) return gates;
  const [live, archived] = [root.at('validation_sessions'), root.at('archived_sessions')];
  if (!isRecord(live?.value) || (archived !== undefined && !Array.isArray(archived.value))) {
    const { place } = isRecord(live?.value) ? archived! : (live ?? root);
    gates.findings.push(malformed(place, `Unexpected content, expected ${SESSIONS}`));
  }
  for (const { key, node } of live?.members() ?? []) {
    const session = sessionOf(node, gates.findings, false);
    if (session) gates.sessions.push({ ...session, key });
  }
  for (const node of archived?.items() ?? []) {
    const session = sessionOf(node, gates.findings, true);
    if (session) gates.archived.push(session);
  }
  return gates;
}

/** The file with its content, in the two-space form of the validator's recipes. */
export function printValidatorGates({ document, content }: ValidatorGates): string {
  return printEdited(document, content);
}

/** What comes next in an order: a FAIL is appended and reported, but never committed. */
export function stepsOf(order: GateOrder, verdict: string | undefined): readonly string[] {
  const steps = GATE_ORDERS[order];
  return verdict === 'FAIL' ? steps.filter((step) => step !== 'COMMITTED') : steps;
}

function sessionOf(entry: JsonNode, findings: Finding[], archived: boolean): ValidationSession | undefined {
  const list = entry.at('gates');
  if (!Array.isArray(list?.value)) {
    findings.push(malformed((list ?? entry).place, NO_SESSION));
    return undefined;
  }
  const gates: ValidatorGate[] = [];
  for (const item of list.items()) {
    const gate = gateOf(item);
    if (gate) gates.push(gate);
    else findings.push(malformed(item.place, 'Unexpected gate, expected {gate, timestamp}'));
  }
  const [wpId, verdict, status] = [entry.text('wpId'), entry.text('verdict'), entry.text('status')];
  return {
    ...(wpId && { wpId }),
    ...(verdict && { verdict }),
    ...(status && { status }),
    gates,
    order: orderOf(gates, verdict?.text),
    archived,
    entry,
  };
}

function gateOf(item: JsonNode): ValidatorGate | undefined {
  const [gate, verdict, timestamp] = [item.text('gate'), item.text('verdict'), item.text('timestamp')];
  if (gate === undefined) return undefined;
  const time = rfc3339(timestamp?.text ?? '');
  return {
    gate,
    ...(verdict && { verdict }),
    ...(timestamp && { timestamp }),
    ...(time !== undefined && { time }),
  };
}

function orderOf(gates: readonly ValidatorGate[], verdict: string | undefined): ValidationSession['order'] {
  if (gates.length === 0) return 'both';
  // A FAIL that was committed has a finding of its own; its order is still one.
  const follows = (order: GateOrder): boolean =>
    [stepsOf(order, verdict), GATE_ORDERS[order]].some((steps) =>
      gates.every(({ gate }, at) => gate.text === steps[at]),
    );
  return follows('report_first') ? 'report_first' : follows('append_first') ? 'append_first' : undefined;
}
