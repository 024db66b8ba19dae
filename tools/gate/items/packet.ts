import { posix } from 'node:path';
import {
  allOf,
  baseWpId,
  changedParts,
  type GateEvent,
  isPlaceholder,
  lastOf,
  type Packet,
  packetParts,
  partDigests,
  readPacketInput,
  rfc3339,
  type TypedEntry,
} from '../../artifacts/index.ts';
import { asciiEscaped } from '../ascii.ts';
import type { Dossier } from '../dossier.ts';
import { absent, type Evidence, type Judgement, judged, TYPED } from '../model.ts';
import { nextStep } from '../next.ts';
import { changeEvidence } from './changes.ts';
import { uncommitted } from './committed.ts';
import { noEvents, saysOf } from './gate-log.ts';

/**
 * The packet exists, is about this work packet, and says what it was made to say. Of one that upstream made no
 * record has the content: it was prepared after it was signed, its branch and its worktree are here, and nothing in
 * it is left open.
 */
export function judgePacket(dossier: Dossier): Judgement {
  const { wpId, packet, packetPath, fold } = dossier;
  const next = nextStep.create(wpId);
  if (packet === undefined) return absent(`${packetPath} does not exist; it comes last`, next);
  const wrong = objections(dossier);
  const created = lastOf(fold, 'create');
  if (created !== undefined)
    wrong.unshift(...againstContent(packet, created), ...beyondSigned(dossier, packet));
  // What was created is put back, or goes on as the next revision.
  const way = created === undefined ? undefined : nextStep.revise(wpId);
  if (wrong.length > 0) return judged('FAIL', wrong, way);
  const prepared = judgePrepared(dossier);
  if (prepared.state !== 'PASS') return prepared;
  const here = { kind: 'packet' as const, file: packet.path, line: packet.title?.place.line ?? 1 };
  const proof: Evidence[] =
    created === undefined
      ? [{ ...here, detail: 'exists, its ids agree, nothing is left open' }]
      : [
          { ...here, detail: 'as it was created' },
          {
            kind: 'ledger',
            file: created.path,
            line: 1,
            detail: `created by ${created.actor} at ${created.time}`,
          },
        ];
  const gap = uncommitted(dossier, packet.path);
  if (gap !== undefined) return { ...gap, evidence: [...gap.evidence, ...proof] };
  return judged('PASS', [...proof, ...prepared.evidence]);
}

/** Every part of the packet that is not the Coder's, as it was made. */
function againstContent(packet: Packet, created: TypedEntry<'create'>): Evidence[] {
  const parts = packetParts(packet);
  const now = partDigests(['packet', parts]);
  return changedParts(created.data.parts, now).map(({ name, change }) => {
    const line = parts.find((part) => `packet:${part.name}` === name)?.line;
    const place = { file: packet.path, ...(line !== undefined && { line }) };
    return changeEvidence({ name, change, ...place }, 'since it was created');
  });
}

/**
 * A session may touch the paths of its packet. They were signed as input of the refinement; the entry that made the
 * packet is signed by nobody, and does not widen them.
 */
function beyondSigned({ refinement }: Dossier, packet: Packet): Evidence[] {
  if (refinement === undefined) return [];
  const signed = readPacketInput(refinement).lists.get('IN_SCOPE_PATHS') ?? [];
  const known = new Set(signed.map(({ text }) => asciiEscaped(text)));
  return packet.inScopePaths
    .filter(({ text }) => !known.has(text))
    .map(({ text, place }) => ({
      kind: 'packet',
      file: packet.path,
      line: place.line,
      detail: `${text} is in its scope, and not in that of the refinement`,
    }));
}

/** Branch, worktree and coder are recorded, after the signature that they were made for. */
function judgePrepared(dossier: Dossier): Judgement {
  const { wpId, gateEvents, fold, packet } = dossier;
  const recorded = lastOf(fold, 'prepare');
  if (recorded !== undefined) {
    const { coder, branch, worktree } = recorded.data;
    const detail = `prepared at ${recorded.time}: ${branch} in ${worktree} for ${coder}`;
    const evidence: Evidence = { kind: 'ledger', file: recorded.path, line: 1, detail };
    // It was made with the record; that it is gone stops the work, and proves nothing against the packet.
    return judged('PASS', [evidence, ...missingHere(dossier, branch)]);
  }
  const event = gateEvents.findLast(({ type }) => type === 'PREPARE');
  const here = { kind: 'packet' as const, file: packet!.path, line: packet!.title?.place.line ?? 1 };
  if (event === undefined) {
    const note: Evidence = { kind: 'note', detail: 'no worktree, branch and coder are recorded for it' };
    const none = noEvents(dossier, 'PREPARE');
    return judged('NEEDS_HUMAN', [{ ...here, detail: 'exists' }, ...none, note], nextStep.prepare(wpId));
  }
  const { file, line } = event.place;
  const folder = event.entry.text('worktree_dir')?.text;
  if (folder !== undefined && /^(?:[/\\]|[A-Za-z]:)/.test(folder)) {
    const detail = `worktree_dir is "${folder}", expected a path from the repository`;
    return judged('FAIL', [saysOf(event, 'worktree_dir', detail)], nextStep.prepare(wpId));
  }
  const early = preparedTooEarly(dossier, event);
  if (early !== undefined) return judged('FAIL', [early], nextStep.prepare(wpId));
  const said: Evidence = { kind: 'gate_log', file, line, detail: `prepared ${event.timestamp}; ${TYPED}` };
  const gaps = [...noEvents(dossier, 'PREPARE'), ...unnamed(event)];
  if (gaps.length === 0) {
    const { branch, worktree_dir: tree } = event.entry.value as Record<string, string>;
    const missing = missingHere(dossier, branch!, tree);
    gaps.push(...missing);
    if (missing.length > 0)
      gaps.push(...PREPARED.map((key) => saysOf(event, key, `${key} is "${event.entry.text(key)!.text}"`)));
  }
  if (gaps.length > 0) return judged('NEEDS_HUMAN', [...gaps, said], nextStep.prepare(wpId));
  return judged('PASS', [said]);
}

/** What a PREPARE has to name: who works where. */
const PREPARED = ['coder_id', 'branch', 'worktree_dir'] as const;

function unnamed(event: GateEvent): Evidence[] {
  return PREPARED.flatMap((key) => {
    const text = event.entry.text(key)?.text;
    return text === undefined || isPlaceholder(text) ? [saysOf(event, key, `PREPARE names no ${key}`)] : [];
  });
}

/** Of branch and worktree what is not to be found around this tree. */
function missingHere({ ground }: Dossier, branch: string, folder?: string): Evidence[] {
  const note = (detail: string): Evidence[] => [{ kind: 'repository', detail }];
  if (ground.branches === undefined)
    return note('cannot prove its branch and worktree: this is no repository of its own');
  if (!ground.branches.has(branch)) return note(`its branch ${branch} is not here`);
  const tree = ground.worktrees.find((each) => each.branch === branch);
  if (tree === undefined) return note(`no worktree has its branch ${branch}`);
  if (folder === undefined || posix.normalize(folder) === posix.normalize(tree.path)) return [];
  return note(`its branch ${branch} is in ${tree.path}, expected ${folder}`);
}

/** A worktree is prepared for what was signed, so after it. */
function preparedTooEarly({ gateEvents, fold }: Dossier, prepared: GateEvent): Evidence | undefined {
  const signed = [
    ...gateEvents.filter(({ type }) => type === 'SIGNATURE').map(({ time }) => time),
    ...allOf(fold, 'sign').map(({ time }) => rfc3339(time) ?? Infinity),
  ];
  if (signed.some((time) => time < prepared.time)) return undefined;
  const detail = `prepared ${prepared.timestamp}, and no signature was recorded before that`;
  return saysOf(prepared, 'timestamp', detail);
}

function objections({ packet, refinement, refinementPath, wpId }: Dossier): Evidence[] {
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
  if (packet.formatVersion === undefined) {
    if (packet.taskId === undefined && packet.wpId === undefined) absence('TASK_ID or WP_ID');
  } else {
    // The older ones have one id, and some a list of paths in prose.
    if (packet.taskId === undefined) absence('TASK_ID');
    if (packet.wpId === undefined) absence('WP_ID');
    if (packet.baseWpId === undefined) absence('BASE_WP_ID');
    if (packet.inScopePaths.length === 0) absence('IN_SCOPE_PATHS');
    for (const { key, keyPlace } of packet.emptied) {
      wrong.push({ kind: 'packet', file: packet.path, line: keyPlace.line, detail: `${key} is empty` });
    }
  }
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
  const rests = packet.fields.find(({ key }) => key === 'REFINEMENT_FILE');
  expect('REFINEMENT_FILE', rests?.value.replaceAll('`', ''), refinementPath, rests?.place.line ?? 1);
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
