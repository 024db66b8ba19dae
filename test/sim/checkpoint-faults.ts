// A checkpoint is the session as its events told it at that moment, and the next one of a chain (4.3.9.19).
import { v5 } from 'uuid';
import type { CheckpointContent, SessionRow, View } from '../../tools/kernel/index.ts';
import type { Report } from './fault.ts';
import { moment, type Told } from './replay.ts';

interface Written {
  artifact_id: string;
  text: string;
}

interface Kept {
  seq: number;
  artifact_id: string | null;
}

/** Canonical JSON has its keys in order, so every checkpoint begins like this and nothing else does. */
const isCheckpoint = ({ text }: Written): boolean => text.startsWith('{"checkpoint_id":');

export class Checkpoints {
  readonly #view: View;
  readonly #report: Report;
  readonly #kept = new Map<string, Kept>();

  constructor(view: View, report: Report) {
    this.#view = view;
    this.#report = report;
  }

  /** What one command has written. */
  read(artifacts: readonly Written[], sessions: ReadonlyMap<string, Told>): void {
    for (const artifact of artifacts) {
      if (!isCheckpoint(artifact)) continue;
      const content = JSON.parse(artifact.text) as CheckpointContent;
      const kept = this.#kept.get(content.session_id) ?? { seq: 0, artifact_id: null };
      this.#content(content, kept, sessions.get(content.session_id));
      this.#kept.set(content.session_id, { seq: kept.seq + 1, artifact_id: artifact.artifact_id });
    }
  }

  /** The row of a session names the last one that was written. */
  row({ session_id, checkpoint_seq, checkpoint_artifact_id }: SessionRow): void {
    const { seq, artifact_id } = this.#kept.get(session_id) ?? { seq: 0, artifact_id: null };
    if (checkpoint_seq !== seq || checkpoint_artifact_id !== artifact_id)
      this.#report('checkpoint', `${session_id} names checkpoint ${checkpoint_seq}, ${seq} were written`);
  }

  #content(content: CheckpointContent, kept: Kept, told: Told | undefined): void {
    const { session_id: id, session_state: state } = content;
    const row = this.#view.get('session', id);
    if (!row || !told) {
      this.#report('checkpoint', `a checkpoint is of ${id}, which does not exist`);
      return;
    }
    const wrong = (what: string): void => this.#report('checkpoint', `a checkpoint of ${id} ${what}`);
    if (content.checkpoint_id !== v5(`checkpoint:${kept.seq + 1}`, id)) wrong('has another number');
    if (state.checkpoint_artifact_id !== kept.artifact_id) wrong('follows another one than the last');
    if (!told.moments.includes(moment(state.state, content.message_thread_tail_id)))
      wrong(
        `says ${state.state} after ${content.message_thread_tail_id}, its events ${told.moments.join(', ')}`,
      );
    if (state.parent_session_id !== told.parent || state.spawn_depth !== told.depth)
      wrong('says another place in its tree');
    const fixed = ['session_id', 'role', 'wp_id', 'model_id', 'backend', 'memory_policy'] as const;
    for (const field of fixed) if (state[field] !== row[field]) wrong(`says another ${field}`);
    if (state.capability_grants?.join() !== row.capability_grants?.join()) wrong('says other grants');
    const pending = this.#view.select('tool_call', 'pending', id).map((call) => call.tool_call_id);
    if (content.pending_tool_calls.map((call) => call.tool_call_id).join() !== pending.join())
      wrong(`lists ${content.pending_tool_calls.length} tool calls, ${pending.length} are pending`);
  }
}
