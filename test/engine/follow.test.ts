import { renameSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type EventQuery,
  openReadOnly,
  openSqliteStore,
  type SessionLog,
  type Store,
  simulatedClock,
} from '../../tools/engine/index.ts';
import { database, start } from './opened.ts';
import { said, sessionId } from './store/logs.ts';

interface Followed {
  path: string;
  writer: Store;
  log: SessionLog;
  /** What has been told, once the follower waits again or has ended. */
  told(): Promise<number[]>;
  /** Time passes: the follower looks again. */
  wake(): Promise<number[]>;
  ended: Promise<string>;
  stop: AbortController;
}

async function following(query: EventQuery, before: number, work: (followed: Followed) => Promise<void>) {
  const path = database();
  await using writer = await openSqliteStore(path);
  await writer.appendEvents(Array.from({ length: before }, () => said(1)));
  const clock = simulatedClock(start);
  let waiting = (): void => {};
  let waits = new Promise<void>((resolve) => {
    waiting = resolve;
  });
  const watched = {
    ...clock,
    sleep(ms: number, signal?: AbortSignal) {
      waiting();
      return clock.sleep(ms, signal);
    },
  };
  await using log = await openReadOnly(path, { clock: watched });
  const stop = new AbortController();
  const seqs: number[] = [];
  const ended = (async () => {
    try {
      for await (const { seq } of log.follow(query, { signal: stop.signal })) seqs.push(seq);
      return 'ended';
    } catch (error) {
      return `${(error as { code: string }).code}: ${(error as Error).message.replace(path, 'FILE')}`;
    }
  })();
  const told = async (): Promise<number[]> => {
    await Promise.race([waits, ended]);
    return [...seqs];
  };
  const wake = async (): Promise<number[]> => {
    waits = new Promise((resolve) => {
      waiting = resolve;
    });
    clock.advance(null);
    return told();
  };
  try {
    await work({ path, writer, log, told, wake, ended, stop });
  } finally {
    stop.abort();
    await ended;
  }
}

describe('SessionLog.follow', () => {
  it('tells what is there, then what others commit, in order and each once, and ends when it is told to', () =>
    following({}, 2, async ({ writer, told, wake, ended, stop }) => {
      expect(await told()).toEqual([1, 2]);
      expect(await wake()).toEqual([1, 2]);
      await writer.appendEvents([said(1), said(2)]);
      await writer.appendEvents([said(1)]);
      expect(await wake()).toEqual([1, 2, 3, 4, 5]);
      expect(await wake()).toEqual([1, 2, 3, 4, 5]);
      stop.abort();
      expect(await ended).toBe('ended');
    }));

  it('begins with the newest that are asked for, or with what comes', async () => {
    await following({ last: 2 }, 5, async ({ writer, told, wake }) => {
      expect(await told()).toEqual([4, 5]);
      await writer.appendEvents([said(1), said(1), said(1)]);
      expect(await wake()).toEqual([4, 5, 6, 7, 8]);
    });
    await following({ last: 0 }, 5, async ({ writer, told, wake }) => {
      expect(await told()).toEqual([]);
      await writer.appendEvents([said(1)]);
      expect(await wake()).toEqual([6]);
    });
  });

  it('tells only what the query asks for, of a tree that grows meanwhile, too', () =>
    following({ model_session_id: sessionId(2) }, 1, async ({ writer, told, wake }) => {
      expect(await told()).toEqual([]);
      await writer.appendEvents([said(1), said(2), said(1)]);
      expect(await wake()).toEqual([3]);
    }));

  it('ends after as many as were wanted, and before a place that it has reached', async () => {
    await following({ limit: 3 }, 2, async ({ writer, told, wake, ended }) => {
      expect(await told()).toEqual([1, 2]);
      await writer.appendEvents([said(1), said(1)]);
      expect(await wake()).toEqual([1, 2, 3]);
      expect(await ended).toBe('ended');
    });
    await following({ before_seq: 3 }, 4, async ({ ended, told }) => {
      expect(await ended).toBe('ended');
      expect(await told()).toEqual([1, 2]);
    });
  });

  it('says so when the database is replaced or deleted under it', async () => {
    const gone = 'store_failed: FILE was deleted or replaced; follow it anew';
    await following({}, 1, async ({ path, told, wake, ended }) => {
      await told();
      renameSync(path, `${path}.old`);
      expect(await wake()).toEqual([1]);
      expect(await ended).toBe(gone);
    });
    await following({}, 1, async ({ path, told, wake, ended }) => {
      await told();
      rmSync(path);
      await wake();
      expect(await ended).toBe(gone);
    });
  });

  it('ends when its log is closed, and refuses what nobody can ask', async () => {
    await following({}, 1, async ({ log, told, ended }) => {
      await told();
      await log[Symbol.asyncDispose]();
      expect(await ended).toBe('ended');
    });
    await following({ type: 'session.creatd' }, 0, async ({ ended }) => {
      expect(await ended).toBe(
        'invalid_request: query.type is "session.creatd", expected a type or an event id (did you mean session.created?)',
      );
    });
  });
});
