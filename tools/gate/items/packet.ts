import { baseWpId, type GateEvent, isPlaceholder, rfc3339 } from '../../artifacts/index.ts';
import type { Dossier } from '../dossier.ts';
import { absent, type Evidence, type Judgement, judged, TYPED } from '../model.ts';
import { nextStep } from '../next.ts';

/** The packet exists and is about this work packet; attested when the ledger holds the digest it has now. */
export function judgePacket(dossier: Dossier): Judgement {
  const { wpId, packet, packetPath, ledger, gateEvents } = dossier;
  const next = nextStep.create(packetPath);
  if (packet === undefined) return absent(`${packetPath} does not exist; it comes last`, next);
  const wrong = objections(dossier);
  if (wrong.length > 0) return judged('FAIL', wrong);
  const created = ledger.findLast(({ kind }) => kind === 'create');
  const here = { kind: 'packet' as const, file: packet.path, line: packet.title?.place.line ?? 1 };
  if (created?.data.packet_sha256 === packet.file.sha256) {
    return judged('ATTESTED', [{ ...here, detail: 'as it was created' }, ledgerEvidence(created.path)]);
  }
  const digest = created?.data.packet_sha256;
  if (created !== undefined && digest !== undefined) {
    return judged('FAIL', [
      { ...here, detail: 'changed since it was created' },
      ledgerEvidence(created.path),
    ]);
  }
  const prepared = gateEvents.findLast(({ type }) => type === 'PREPARE');
  if (prepared === undefined) {
    const note: Evidence = { kind: 'note', detail: 'no worktree, branch and coder are recorded for it' };
    return judged('NEEDS_HUMAN', [{ ...here, detail: 'exists' }, note], nextStep.prepare(wpId));
  }
  const early = preparedTooEarly(dossier, prepared);
  if (early !== undefined) return judged('FAIL', [early], nextStep.prepare(wpId));
  const { file, line } = prepared.place;
  return judged('ATTESTED', [
    { ...here, detail: 'exists, its ids agree' },
    { kind: 'gate_log', file, line, detail: `prepared ${prepared.timestamp}; ${TYPED}` },
  ]);
}

function ledgerEvidence(file: string): Evidence {
  return { kind: 'ledger', file, line: 1, detail: `says that it was created; ${TYPED}` };
}

/** A worktree is prepared for what was signed, so after it. */
function preparedTooEarly({ gateEvents, ledger }: Dossier, prepared: GateEvent): Evidence | undefined {
  const signed = [
    ...gateEvents.filter(({ type }) => type === 'SIGNATURE').map(({ time }) => time),
    ...ledger.filter(({ kind }) => kind === 'sign').map(({ time }) => rfc3339(time ?? '') ?? Infinity),
  ];
  if (signed.some((time) => time < prepared.time)) return undefined;
  const { file, line } = prepared.place;
  const detail = `prepared ${prepared.timestamp}, and no signature was recorded before that`;
  return { kind: 'gate_log', file, line, detail };
}

function objections({ packet, refinement, wpId }: Dossier): Evidence[] {
  if (packet === undefined) return [];
  const wrong: Evidence[] = [];
  const expect = (what: string, found: string | undefined, expected: string, line: number): void => {
    if (found === undefined || found === expected) return;
    const detail = `${what} is "${found}", expected "${expected}"`;
    wrong.push({ kind: 'packet', file: packet.path, line, detail });
  };
  const absence = (what: string): void => {
    const line = packet.sections[0]?.line ?? 1;
    wrong.push({ kind: 'packet', file: packet.path, line, detail: `${what} is missing` });
  };
  if (packet.title === undefined) absence(`the title "# Task Packet: ${wpId}"`);
  if (packet.taskId === undefined && packet.wpId === undefined) absence('TASK_ID or WP_ID');
  expect('the title', packet.title?.text, wpId, packet.title?.place.line ?? 1);
  expect('TASK_ID', packet.taskId?.value, wpId, packet.taskId?.place.line ?? 1);
  expect('WP_ID', packet.wpId?.value, wpId, packet.wpId?.place.line ?? 1);
  // Upstream's generator writes the id with its -vN here, and leaves the note beside it.
  if (packet.baseWpId?.value !== wpId) {
    expect('BASE_WP_ID', packet.baseWpId?.value, baseWpId(wpId), packet.baseWpId?.place.line ?? 1);
  }
  if (packet.signature === undefined) absence('USER_SIGNATURE');
  else if (isPlaceholder(packet.signature.value)) {
    const { line } = packet.signature.place;
    wrong.push({ kind: 'packet', file: packet.path, line, detail: 'USER_SIGNATURE is empty' });
  }
  for (const { first, second } of packet.contradictions) {
    const lines = `line ${first.place.line} and line ${second.place.line}`;
    const detail = `${first.key} is "${first.value}" and "${second.value}" (${lines})`;
    wrong.push({ kind: 'packet', file: packet.path, line: second.place.line, detail });
  }
  for (const { text, place } of packet.blanks) {
    wrong.push({ kind: 'packet', file: packet.path, line: place.line, detail: `${text} is not filled in` });
  }
  const signed = refinement?.signature?.value;
  if (signed !== undefined && !isPlaceholder(signed)) {
    expect('USER_SIGNATURE', packet.signature?.value, signed, packet.signature?.place.line ?? 1);
  }
  return wrong;
}
