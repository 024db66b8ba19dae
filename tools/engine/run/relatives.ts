// What a run learns of other sessions, and what it tells them.
import { sha256 } from '../../text/index.ts';
import type { RunIO } from '../api.ts';
import { childrenOf } from '../children.ts';
import type { Core } from '../core.ts';
import { EngineError } from '../errors.ts';
import * as inputs from '../inputs.ts';
import { parse } from '../parse.ts';
import { threadRecord } from '../records.ts';
import { artifactId } from '../store/artifacts.ts';

/** What these calls need of the run they happen in. */
export interface RelativesHost {
  readonly key: { job_id: string; run_epoch: number };
  readonly session: { session_id: string };
  /** How often the job was continued after a pause. */
  readonly segment: number;
  /** The name that the n-th call keeps when the job is retried. */
  name(count: number): string;
  /** A boundary: throws where the run is over, and writes what it has said so far. */
  boundary(): Promise<void>;
  obey(boundary: { fenced: boolean; pause: boolean }): void;
}

export function relatives(
  core: Core,
  run: RelativesHost,
): Pick<RunIO, 'children' | 'progress' | 'readThread' | 'send'> {
  let notices = 0;
  let messages = 0;
  return {
    async children() {
      await run.boundary();
      return core.store.read((view) => childrenOf(view, run.session.session_id));
    },
    async progress(said) {
      const text = parse<string>(inputs.progressText, said, 'progress');
      await run.boundary();
      notices += 1;
      const told = await core.execute('progress', {
        ...run.key,
        text,
        part: run.segment,
        count: notices,
      });
      run.obey(told);
      return told.answer;
    },
    async readThread(of) {
      const session_id = parse<string>(inputs.threadId, of, 'session_id');
      await run.boundary();
      const read = await core.execute('read_thread', { ...run.key, session_id });
      run.obey(read);
      if (!read.allowed) {
        const { session_id: reader } = run.session;
        const message = `session ${reader} may not read the thread of ${session_id}: the operator has not allowed it`;
        throw new EngineError('thread_denied', message);
      }
      return read.messages.map(threadRecord);
    },
    async send(to, said) {
      const to_session_id = parse<string>(inputs.sessionId, to, 'to_session_id');
      const content = parse<string>(inputs.chunk, said, 'content');
      await run.boundary();
      messages += 1;
      const content_artifact_id = artifactId(content);
      core.artifacts.put(content_artifact_id, content);
      const sent = await core.execute('route', {
        ...run.key,
        name: run.name(messages),
        to_session_id,
        content_hash: sha256(content),
        content_artifact_id,
      });
      run.obey(sent);
    },
  };
}
