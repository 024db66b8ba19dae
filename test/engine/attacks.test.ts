import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type Admission,
  type Engine,
  memoryArtifacts,
  openEngine,
  type RunIO,
  simulatedClock,
  type ToolCallRecord,
} from '../../tools/engine/index.ts';
import { temporaryFolder } from '../support/repository.ts';
import {
  completes,
  database,
  logOf,
  open,
  type Play,
  played,
  request,
  root,
  start,
  task,
  tool,
} from './opened.ts';

/** What has no text: neither a message nor a primitive value. */
const textless = Object.create(null) as object;

const stateOf = async (engine: Engine, session_id: string): Promise<string> =>
  (await engine.session(session_id))!.state;

describe('what a runner does', () => {
  it('a runner that throws something without a text fails its run, and the permit comes back', async () => {
    await using engine = await open(async () => {
      throw textless;
    });
    const session_id = await played(engine);
    expect(await stateOf(engine, session_id)).toBe('FAILED');
    const [last] = (await logOf(engine)).filter(({ payload }) => 'to_state' in payload).slice(-1);
    expect(last?.payload).toMatchObject({ reason: 'something without a text was thrown' });
  });

  it('a tool that throws something without a text has failed, and is not called again', async () => {
    let answer: unknown;
    let calls = 0;
    await using engine = await open(async (_call, io) => {
      answer = await io.toolCall(
        tool(() => {
          calls += 1;
          throw textless;
        }),
      );
      return { outcome: 'completed', close: true };
    });
    expect(await stateOf(engine, await played(engine))).toBe('COMPLETED');
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'tool_failed', message: 'something without a text was thrown' },
    });
    expect(calls).toBe(1);
  });

  it.each<[string, Play]>([
    ['throws it', async () => Promise.reject(new Error('e'.repeat(1_000_000)))],
    ['returns it', async () => ({ outcome: 'failed', error: 'e'.repeat(1_000_000), retryable: false })],
  ])(
    'FM-34: an error of a million letters is cut before it is an event: a runner that %s',
    async (_, run) => {
      await using engine = await open(run);
      await played(engine);
      const reasons = (await logOf(engine)).flatMap(({ payload }) =>
        'to_state' in payload && payload.to_state === 'FAILED' ? [payload.reason] : [],
      );
      expect(reasons).toEqual([`${'e'.repeat(1_000)}…`]);
    },
  );

  it('arguments deeper than the stack are an invalid_request', async () => {
    const deep: ToolCallRecord['arguments'] = {};
    let at: Record<string, unknown> = deep;
    for (let level = 0; level < 100_000; level += 1) at = at.a = {} as Record<string, unknown>;
    let refused: unknown;
    await using engine = await open(async (_call, io) => {
      refused = await io
        .toolCall({ ...tool(async () => 1), arguments: deep })
        .catch(({ name, code }: { name: string; code: string }) => ({ name, code }));
      return { outcome: 'completed', close: true };
    });
    await played(engine);
    expect(refused).toEqual({ name: 'EngineError', code: 'invalid_request' });
  });

  it('a run fails at its deadline, not when the next permit is free', async () => {
    const clock = simulatedClock(start);
    await using engine = await open(
      async (_call, io) => {
        await clock.sleep(60_000, io.signal);
        return { outcome: 'completed', close: true };
      },
      { clock, scheduler: { max_concurrent_sessions_global: 1 } },
    );
    const [long, short] = [await engine.createSession(root), await engine.createSession(root)];
    await engine.enqueue({ session_id: long.session_id });
    await engine.enqueue({ session_id: short.session_id, deadline_ms: 5_000 });
    engine.start();
    await engine.idle();
    const failed = (await logOf(engine)).find(
      ({ payload }) => 'to_state' in payload && payload.to_state === 'FAILED',
    );
    expect(failed).toMatchObject({
      model_session_id: short.session_id,
      timestamp: '2026-02-24T09:00:05.000Z',
      payload: { reason: 'deadline' },
    });
    expect(await stateOf(engine, long.session_id)).toBe('COMPLETED');
  });
});

describe('what a caller does', () => {
  /** Throws whenever anybody looks at it. */
  const trap = new Proxy(
    {},
    {
      get() {
        throw new Error('trap');
      },
      ownKeys() {
        throw new Error('trap');
      },
    },
  ) as never;

  it('an argument that throws when it is read is an invalid_request, an option invalid_configuration', async () => {
    await using engine = await open(completes);
    for (const call of [
      () => engine.idle(trap),
      () => engine.recover(trap),
      () => engine.sessions(trap),
      () => engine.createSession(trap),
    ]) {
      await expect(call()).rejects.toMatchObject({ name: 'EngineError', code: 'invalid_request' });
    }
    await expect(openEngine(trap)).rejects.toMatchObject({
      name: 'EngineError',
      code: 'invalid_configuration',
      message: 'the call cannot be read, expected plain data',
    });
  });

  it('a port that throws at once is an EngineError too', async () => {
    const failing = {
      uuid7(): string {
        throw 'no ids';
      },
    };
    await expect(open(completes, { ids: failing })).rejects.toMatchObject({
      name: 'EngineError',
      code: 'store_failed',
      message: 'no ids',
    });
  });

  it('a call that waits for the gate ends when it is aborted, and nothing comes of it later', async () => {
    let answer: () => void = () => {};
    const admission: Admission = {
      admit: () =>
        new Promise((resolve) => {
          answer = () => resolve({ capabilities: [], paths: [], packet_digest: 'x' });
        }),
    };
    await using engine = await open(completes, { admission });
    const aborting = new AbortController();
    const created = engine.createSession({ ...root, wp_id: 'WP-1-Demo-v1' }, { signal: aborting.signal });
    aborting.abort();
    await expect(created).rejects.toMatchObject({ code: 'aborted', message: 'the call was aborted' });
    answer();
    await engine.idle();
    expect(await engine.sessions()).toEqual([]);
  });
});

describe('what becomes of the file', () => {
  const opening = (path: string): Promise<Engine> => open(completes, { store: `sqlite:${path}` });

  it('a path below a file is store_unavailable', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    await expect(opening(join(file, 'engine.db'))).rejects.toMatchObject({
      name: 'EngineError',
      code: 'store_unavailable',
    });
  });

  it('folders are made as deep as they are missing', async () => {
    const path = join(temporaryFolder(), 'Müller & Söhne', 'a', 'engine.db');
    await using engine = await opening(path);
    expect(await stateOf(engine, await played(engine))).toBe('COMPLETED');
  });

  it('a path with a NUL is no path', async () => {
    await expect(opening('a\0b')).rejects.toMatchObject({
      code: 'invalid_configuration',
      message: 'store is "sqlite:a\\u0000b", expected memory: or sqlite:PATH',
    });
  });

  it('nothing is acknowledged once the file is gone or another one', async () => {
    for (const replaced of [false, true]) {
      const path = database();
      await using engine = await opening(path);
      const { session_id } = await engine.createSession(root);
      mkdirSync(join(dirname(path), 'away'));
      renameSync(path, join(dirname(path), 'away', 'engine.db'));
      if (replaced) writeFileSync(path, '');
      const refused = {
        code: 'store_failed',
        message: `${path} was deleted or replaced; open the engine anew`,
      };
      await expect(engine.createSession(root)).rejects.toMatchObject(refused);
      await expect(engine.enqueue({ session_id })).rejects.toMatchObject(refused);
    }
  });
});

describe('what becomes of content', () => {
  it('a run reads its task, a caller what was said, and nobody content that was changed', async () => {
    const held = memoryArtifacts();
    const read: (string | undefined)[] = [];
    await using engine = await open(
      async (call, io) => {
        if (call.task_payload_artifact_id) read.push(io.content(call.task_payload_artifact_id));
        io.chunk('The parser is done.');
        return { outcome: 'completed', close: true };
      },
      { artifacts: held },
    );
    const work = await engine.keep('Write the parser.');
    const { session_id } = await engine.createSession(root);
    const { child_session_id } = await engine.spawn(request(session_id, { task_payload_artifact_id: work }));
    engine.start();
    await engine.idle();
    expect(read).toEqual(['Write the parser.']);
    const [said] = await engine.thread(child_session_id!);
    expect(await engine.content(said!.content_artifact_id)).toBe('The parser is done.');
    expect(await engine.content(`sha256:${'0'.repeat(64)}`)).toBeUndefined();
    held.put(work, 'Delete the parser.');
    await expect(engine.content(work)).rejects.toMatchObject({
      code: 'store_failed',
      message: `the content of ${work} is damaged`,
    });
  });

  it('a run that is over reads nothing more', async () => {
    let late: RunIO | undefined;
    await using engine = await open(async (_call, io) => {
      late = io;
      return { outcome: 'completed', close: true };
    });
    await played(engine);
    expect(() => late!.content(task)).toThrow('the run is over');
  });
});
