import { entriesOf, type GovTree, packetOf } from '../artifacts/index.ts';
import { TreeError, UsageError } from '../findings/index.ts';
import type { SpecIndex } from '../spec/index.ts';
import type { SpecLibrary } from './drift/library.ts';
import { endedState } from './ended.ts';
import type { Ground } from './ground/ground.ts';
import { isSettled, stateWord, type WpItem, type WpStatus } from './model.ts';
import { interruptedText, LEDGER_BROKEN, wpStatus } from './status.ts';

/** What a session of an admitted work packet may do. */
export interface Admitted {
  refused?: false;
  capabilities: string[];
  /** Paths in scope, as the packet lists them. */
  paths: string[];
  /** sha256 of the packet's bytes. */
  packet_digest: string;
}

export type RefusalCode =
  | 'invalid_id'
  | 'unknown_id'
  | 'not_activatable'
  | 'step_interrupted'
  | 'work_ended'
  | 'gate_closed'
  | 'unknown_role';

export interface Refused {
  refused: true;
  code: RefusalCode;
  /** What is missing first, and the one command that comes next. */
  message: string;
}

/** The engine's port `Admission`: a session of a work packet starts only through an open gate. */
export function admit(
  tree: GovTree,
  spec: SpecIndex | undefined,
  wpId: string,
  role: string,
  library?: SpecLibrary,
  ground?: Ground,
): Admitted | Refused {
  let status: WpStatus;
  try {
    status = wpStatus(tree, spec, wpId, library, ground);
  } catch (error) {
    if (error instanceof UsageError) return refuse('invalid_id', error.message);
    if (error instanceof TreeError) return refuse('unknown_id', error.message);
    throw error;
  }
  if (status.refusal !== undefined) return refuse('not_activatable', status.refusal);
  if (ground?.interrupted !== undefined) {
    const { next } = ground.interrupted;
    return refuse(
      'step_interrupted',
      `${wpId} is closed: ${interruptedText(ground.interrupted)}; next: ${next}`,
    );
  }
  const ended = tree.board && endedState(entriesOf(tree.board, wpId));
  if (ended !== undefined) {
    const said = ended.token === undefined ? `the section "${ended.section}"` : `[${ended.token}]`;
    const where = `${tree.board!.path}:${ended.place.line}`;
    return refuse('work_ended', `${wpId} is closed: its work has ended: ${where} says ${said}`);
  }
  const packet = packetOf(tree, wpId);
  if (!status.ready || packet === undefined) return refuse('gate_closed', whyClosed(status));
  const known = tree.roles?.roles.get(role);
  if (known === undefined) {
    const roles = [...(tree.roles?.roles.keys() ?? [])].join(', ');
    return refuse(
      'unknown_role',
      `unknown role "${role}", expected one of ${roles || 'those in .GOV/roles.yaml'}`,
    );
  }
  return {
    capabilities: [...known.capabilities],
    paths: packet.inScopePaths.map(({ text }) => text),
    packet_digest: packet.file.sha256,
  };
}

function refuse(code: RefusalCode, message: string): Refused {
  return { refused: true, code, message };
}

function verb(item: WpItem): string {
  return item.state === 'NEEDS_HUMAN' ? 'needs a human' : `is ${stateWord(item)}`;
}

function whyClosed(status: WpStatus): string {
  const missing = status.items.find(({ state }) => !isSettled(state));
  const broken = status.notes.find((note) => note.startsWith(LEDGER_BROKEN));
  const what =
    broken !== undefined || missing === undefined
      ? (broken ?? status.blockers[0]?.detail ?? 'it has no packet')
      : `item ${missing.index} (${missing.intent}) ${verb(missing)}: ${missing.evidence[0]?.detail ?? missing.text}`;
  const stub = status.stage === 'PACKET' ? '' : 'a stub admits nobody; ';
  const next = status.next === null ? '' : `; next: ${status.next}`;
  return `${status.wp_id} is closed: ${stub}${what}${next}`;
}
