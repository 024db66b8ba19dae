import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { sessionSchema } from '../../../tools/cli/schemas/session.ts';
import {
  folderArtifacts,
  openEngine,
  type Runner,
  seededIds,
  simulatedClock,
} from '../../../tools/engine/index.ts';
import { asked, ranIn, treeWith } from './asked.ts';

const root = treeWith();
beforeAll(async () => {
  await ranIn(root);
  await gated();
});

const START = Date.parse('2026-02-24T12:00:00Z');
const declared = {
  model_id: 'local/large',
  backend: 'local',
  parameter_class: 'P32B',
  execution_mode: 'SINGLE_MODEL_MULTI_ROLE',
  memory_policy: 'SESSION_SCOPED',
} as const;

/** What no scenario makes: a tool call that waits for approval, a queue, a retry, a run that is cut off. */
async function gated(): Promise<void> {
  const call = (id: string) => ({
    tool_id: 'fs.write_file',
    tool_version: '1.0.0',
    arguments: { path: id },
    side_effect: 'WRITE' as const,
    idempotency: 'IDEMPOTENT' as const,
    tool_call_id: id,
    invoke: async () => ({}),
  });
  const first = '00000000-0000-4000-8000-000000000001';
  const second = '00000000-0000-4000-8000-000000000002';
  const runner: Runner = {
    async run({ session }, io) {
      if (session.role === 'Coder') return { outcome: 'failed', error: 'HTTP 529', retryable: true };
      await io.toolCall(call(first));
      await io.toolCall(call(second));
      return { outcome: 'awaiting_user', tool_call_id: second };
    },
  };
  await using engine = await openEngine({
    store: `sqlite:${join(root, 'gated.db')}`,
    runner,
    clock: { ...simulatedClock(START), advance: () => false },
    ids: seededIds(7),
    unboundSessions: 'allow',
    scheduler: { backoff_base_ms: 60_000 },
  });
  const ids: string[] = [];
  for (const role of ['Validator', 'Coder', 'Orchestrator', 'Operator'])
    ids.push((await engine.createSession({ ...declared, role, capability_grants: [] })).session_id);
  for (const id of ids.slice(0, 2)) await engine.enqueue({ session_id: id });
  engine.start();
  await until(async () => {
    const states = await engine.sessions();
    return states.slice(0, 2).every(({ state }) => state === 'BLOCKED');
  });
  await engine[Symbol.asyncDispose]();
  await using later = await openEngine({
    store: `sqlite:${join(root, 'gated.db')}`,
    runner,
    clock: simulatedClock(START),
    unboundSessions: 'allow',
  });
  for (const id of ids.slice(2)) await later.enqueue({ session_id: id });
  await later.send({ to_session_id: ids[3]!, content: 'Hello\u001b[2J from outside.', source: 'mail' });
}

async function until(done: () => Promise<boolean>): Promise<void> {
  while (!(await done())) await new Promise((resolve) => setImmediate(resolve));
}

const show = (args: string[], columns?: number, db = 'run.db') =>
  asked(root, ['session', 'show', '--db', db, ...args], columns);

describe('gov session show', () => {
  it('a lead that waits for a child', async () => {
    expect((await show(['lead'], 80)).out).toMatchInlineSnapshot(`
      "lead  Orchestrator  BLOCKED
                 waits for 1 child

      id         019c8f85-3e00-7000-8002-000000000001
      parent     none: it is the root of its tree
      children   done  Coder  COMPLETED
                 broken  Validator  FAILED
                 held  Coder  PAUSED
                 wrong  Coder  CANCELLED
      created    2026-02-24T12:00:00.000Z
      model      local/model  local  lane PRIMARY
      mode       SESSION_PERSISTENT, memory SESSION_SCOPED
      grants     fs.read, fs.write
      caps       depth 0 of 3 · active children 1 of 4 · 5 descendants in its tree
                   so far
      used       1.4k tokens, $0.11
      runs       1  completed  12:00:00  1.4k tokens  $0.11
                 2  completed  12:00:00
                 3  completed  12:00:01
      thread     3 messages
                 ASSISTANT    700 tokens  sha256:f182…
                 USER         sha256:60e1…  from Coder, trusted
                 USER         sha256:c4f0…  from Coder, trusted
      mail       1 notice unread
                 notice of held  12:00:02
      checkpoint 12:00:01  sha256:7726…
      spans      7, 1 open
                 model_session  12:00:00  open
                 model_run      12:00:00  to 12:00:00  completed
                 attempt        12:00:00  to 12:00:00  completed
                 model_run      12:00:00  to 12:00:00  completed
                 attempt        12:00:00  to 12:00:00  completed
                 model_run      12:00:01  to 12:00:01  completed
                 attempt        12:00:01  to 12:00:01  completed

      next   gov session list --tree --under lead --db run.db
      "
    `);
  });

  it('a paused child, with what it was told and has said', async () => {
    expect((await show(['held', '--content'], 60)).out).toMatchInlineSnapshot(`
      "held  Coder  PAUSED
                 by an operator

      id         4e224115-daed-5ea5-b657-38835e65e54f
      parent     lead  Orchestrator  BLOCKED
      children   none
      created    2026-02-24T12:00:00.000Z
      model      local/model  local  lane SUBAGENT
      mode       ONE_SHOT, announces back, memory SESSION_SCOPED
      grants     fs.read, fs.write
      caps       depth 1 of 3 · active children 0 of 4 · 5
                   descendants in its tree so far
      used       5 tokens
      task       sha256:ec35…
                   Play the script "held".

                   script: held
      runs       1  completed  12:00:00  5 tokens
      thread     1 message
                 ASSISTANT    3 tokens  sha256:24b2…
                   Half.
      mail       nothing unread
      checkpoint 12:00:02  sha256:65ab…
      spans      3, 1 open
                 model_session  12:00:00  open
                 model_run      12:00:00  to 12:00:00  completed
                 attempt        12:00:00  to 12:00:00  completed

      next   gov session resume held --db run.db
      "
    `);
  });

  it('a child that was cancelled', async () => {
    expect((await show(['wrong'], 80)).out).toMatchInlineSnapshot(`
      "wrong  Coder  CANCELLED
                 by operator: "wrong branch" 12:00:01

      id         84990cd6-1fbb-5b7f-b8d1-2b089387bd88
      parent     lead  Orchestrator  BLOCKED
      children   deeper  Coder  CANCELLED
      created    2026-02-24T12:00:00.000Z
      model      local/model  local  lane SUBAGENT
      mode       ONE_SHOT, announces back, memory SESSION_SCOPED
      grants     fs.read, fs.write
      caps       depth 1 of 3 · active children 0 of 4 · 5 descendants in its tree
                   so far
      used       0 tokens
      task       sha256:51df…
      runs       1  completed  12:00:00
      thread     no message
      mail       nothing unread
      announced  12:00:01  summary sha256:0668…
      checkpoint 12:00:00  sha256:2a15…
      spans      3, 0 open
                 model_session  12:00:00  to 12:00:01  cancelled
                 model_run      12:00:00  to 12:00:00  completed
                 attempt        12:00:00  to 12:00:00  completed

      next   gov session list --tree --under wrong --db run.db
      "
    `);
  });

  it('a child that has announced, with its summary', async () => {
    expect((await show(['done', '--content', '--quiet'], 80)).out).toMatchInlineSnapshot(`
      "done  Coder  COMPLETED
                 announced 12:00:00

      id         341fc29c-190e-5f46-b75f-124987c4b442
      parent     lead  Orchestrator  BLOCKED
      children   none
      created    2026-02-24T12:00:00.000Z
      model      local/model  local  lane SUBAGENT
      mode       ONE_SHOT, announces back, memory SESSION_SCOPED, closes when its
                   work is done
      grants     fs.read, fs.write
      caps       depth 1 of 3 · active children 0 of 4 · 5 descendants in its tree
                   so far
      used       30 tokens, $0.06
      task       sha256:f105…
                   Play the script "done".

                   script: done
      runs       1  completed  12:00:00  30 tokens  $0.06
      thread     1 message
                 ASSISTANT    15 tokens  sha256:ed25…
                   Done.
      mail       nothing unread
      announced  12:00:00  summary sha256:27db…
                   COMPLETED
                   next merge it
      checkpoint none
      spans      3, 0 open
                 model_session  12:00:00  to 12:00:00  completed
                 model_run      12:00:00  to 12:00:00  completed
                 attempt        12:00:00  to 12:00:00  completed
      "
    `);
  });

  it('a tool call that waits for approval', async () => {
    expect((await show(['019c8f85-3e00-7000-8002'], 80, 'gated.db')).out).toMatchInlineSnapshot(`
      "019c…2-000000000007  Validator  BLOCKED
                 waits for approval of tool call 2

      id         019c8f85-3e00-7000-8002-000000000007
      parent     none: it is the root of its tree
      children   none
      created    2026-02-24T12:00:00.000Z
      model      local/large  local  lane PRIMARY
      mode       SESSION_PERSISTENT, memory SESSION_SCOPED
      grants     none
      caps       depth 0 of 3 · active children 0 of 4 · 0 descendants in its tree
                   so far
      used       0 tokens
      runs       1 awaiting_user tool call 00000000-0000-4000-8000-000000000002
                   12:00:00
      thread     4 messages
                 TOOL_CALL    sha256:6fad…
                 TOOL_RESULT  sha256:4413…
                 TOOL_CALL    sha256:6c4d…
                 TOOL_RESULT  sha256:4413…
      mail       nothing unread
      checkpoint 12:00:00  sha256:f854…
      spans      5, 2 open
                 model_session  12:00:00  open
                 model_run      12:00:00  open
                 attempt        12:00:00  to 12:00:00  awaiting_user
                 tool_call      12:00:00  to 12:00:00  completed
                 tool_call      12:00:00  to 12:00:00  completed

      next   gov session approve 019c8f85-3e00-7000-8002-000000000007 00000000-0000-4000-8000-000000000002 --db gated.db
      "
    `);
  });

  it('a run that is tried again later', async () => {
    const { out } = await show(['019c…5-000000000007'], 80, 'gated.db');
    expect(out.split('\n').filter((line) => /tried again|^runs/.test(line))).toEqual([
      '           is tried again at 12:01:00',
      'runs       1 queued failed 1 of 4 times again at 12:01:00 12:00:00 "HTTP 529"',
    ]);
  });

  it('what it is queued behind', async () => {
    const { out } = await show(['019c…b-000000000007'], 80, 'gated.db');
    expect(out.split('\n').filter((line) => /^queued|^ {13}0|permits/.test(line))).toEqual([
      'queued     in lane PRIMARY for local/large at local · 1 ahead:',
      '             019c…8-000000000007',
      '           permits are held by 0: none',
    ]);
  });

  it('secrets are redacted whatever the store holds, and nothing steers the terminal', async () => {
    const { out } = await show(['lead', '--content']);
    expect(out).toContain('  Six parts and a token [redacted');
    expect(out).not.toContain('sk-ant');
    const json = JSON.parse((await show(['lead', '--content', '--json'])).out) as { contents: object };
    expect(JSON.stringify(json.contents)).not.toContain('sk-ant');
    const hostile = await show(['019c…b-000000000007', '--content'], 80, 'gated.db');
    expect(hostile.out).toContain('Hello\\u001b[2J from outside.');
    expect(hostile.out).not.toContain('\u001b');
  });

  it('content that is gone is said to be', async () => {
    const { out } = await show(['done', '--json']);
    const { messages } = sessionSchema.parse({ ...JSON.parse(out) });
    const id = messages[0]!.content_artifact_id;
    expect(folderArtifacts(join(root, 'run.db.artifacts')).get(id)).toBe('Done.');
    const hash = id.slice('sha256:'.length);
    const path = join(root, 'run.db.artifacts', hash.slice(0, 2), hash);
    renameSync(path, `${path}.away`);
    const without = await show(['done', '--content']);
    renameSync(`${path}.away`, path);
    expect(without.out.split('\n').filter((line) => /artifact|Done/.test(line))).toEqual([
      '             the artifact is gone',
    ]);
  });

  it.each(['lead', 'done', 'broken', 'held', 'wrong', 'deeper'])(
    '%s, with --json, is what the schema says',
    async (name) => {
      const { code, out } = await show([name, '--content', '--json']);
      const answer = sessionSchema.parse(JSON.parse(out));
      expect([code, answer.session.name]).toEqual([0, name]);
      expect(answer.messages.length).toBe(answer.messages_total);
    },
  );

  it('the whole answer of a child', async () => {
    const answer = sessionSchema.parse(JSON.parse((await show(['wrong', '--json'])).out));
    expect({
      parent: answer.parent?.name,
      children: answer.children.map(({ name, state }) => [name, state]),
      caps: answer.caps,
      jobs: answer.jobs.map(({ job_seq, state, error }) => [job_seq, state, error]),
      cancelled: answer.session.cancelled,
      announced: answer.announcements.map(({ to_session_id }) => to_session_id === answer.parent?.session_id),
    }).toMatchInlineSnapshot(`
      {
        "announced": [
          true,
        ],
        "cancelled": {
          "at": "2026-02-24T12:00:01.000Z",
          "by": "operator",
          "op_id": "f887331d-436f-5f2f-8ba0-2ce2149f4f0d",
          "reason": "wrong branch",
          "root_session_id": "84990cd6-1fbb-5b7f-b8d1-2b089387bd88",
        },
        "caps": {
          "children": {
            "most": 4,
            "used": 0,
          },
          "depth": {
            "most": 3,
            "used": 1,
          },
          "descendants_of_root": 5,
        },
        "children": [
          [
            "deeper",
            "CANCELLED",
          ],
        ],
        "jobs": [
          [
            1,
            "completed",
            null,
          ],
        ],
        "parent": "lead",
      }
    `);
  });

  it.each([
    [
      ['nosuch'],
      'gov: "nosuch" is no session in ./run.db (expected an id, its beginning, or a name; gov session list)\n',
    ],
    [['lead', '--messages', 'x'], 'gov: --messages x: expected a whole number from 1\n'],
    [
      ['a\u001b[2Jb'],
      'gov: "a\\u001b[2Jb" is no session in ./run.db (expected an id, its beginning, or a name; gov session list)\n',
    ],
  ])('%j exits 2 and says so', async (args, err) => {
    expect(await show(args)).toEqual({ code: 2, out: '', err });
  });

  it('an id that is too short names its candidates', async () => {
    expect(await show(['019c'], undefined, 'gated.db')).toEqual({
      code: 2,
      out: '',
      err: 'gov: "019c" is 4 sessions: 019c…2-000000000007 (Validator, BLOCKED), 019c…5-000000000007 (Coder, BLOCKED), 019c…8-000000000007 (Orchestrator, CREATED), 019c…b-000000000007 (Operator, CREATED)\n',
    });
  });

  it('without a database it says how one comes about', async () => {
    expect(await asked(root, ['session', 'show', 'lead', '--db', 'none.db'])).toEqual({
      code: 2,
      out: '',
      err: 'gov: --db none.db: no such file\n',
    });
  });

  it('damaged names are no names, and ids go on working', async () => {
    const file = join(root, 'run.db.names.json');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, '[');
    const { code } = await show(['lead']);
    const { session_id } = (
      JSON.parse((await show(['done', '--json'])).out) as { parent: { session_id: string } }
    ).parent;
    expect([code, (await show([session_id])).code]).toEqual([2, 0]);
    writeFileSync(file, before);
  });
});
