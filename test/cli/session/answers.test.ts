import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  sessionCancelSchema,
  sessionConsentSchema,
  sessionRecoverSchema,
  sessionSpawnSchema,
  sessionSteerSchema,
} from '../../../tools/cli/schemas/session.ts';
import { spawnRefusal } from '../../../tools/cli/session/spawn-refusals.ts';
import { folderArtifacts, openReadOnly } from '../../../tools/engine/index.ts';
import { SpawnRejectionReason } from '../../../tools/generated/index.ts';
import { asked, EVERY_STATE, ranIn, treeWith } from './asked.ts';

const root = treeWith();
let db: string;
let made = 0;

const SMALL = EVERY_STATE.replace('max_active_children_per_session: 4', 'max_active_children_per_session: 3')
  .replace(/^ {4}- spawn: \{ as: wrong.*\n/m, '')
  .replace(/^ {2}- \{ at: 1000.*\n/m, '')
  .replace(/^ {2}wrong:[\s\S]*?(?=^actions)/m, '');

beforeAll(() => ranIn(root, SMALL, 'run-0.db'));

beforeEach(() => {
  made += 1;
  db = `run-${made}.db`;
  for (const part of ['', '.artifacts', '.names.json'])
    cpSync(join(root, `run-0.db${part}`), join(root, db + part), { recursive: true });
});

const session = (words: string, ...args: string[]) =>
  asked(root, ['session', ...words.split(' '), '--db', db, ...args]);
const json = async (words: string, ...args: string[]) => {
  const { code, out } = await session(words, ...args, '--json');
  return { code, answer: JSON.parse(out) as unknown };
};
const idOf = async (name: string): Promise<string> => {
  const { out } = await session('list', '--json');
  const { sessions } = JSON.parse(out) as { sessions: { name: string; session_id: string }[] };
  return sessions.find((each) => each.name === name)!.session_id;
};

describe('gov session spawn', () => {
  const SPAWN = ['--role', 'Coder', '--task', 'Read the parser.'];

  it('a child comes into being, with its task, and waits for the engine', async () => {
    const { code, answer } = await json(
      'spawn lead',
      ...SPAWN,
      '--request-id',
      'reader',
      '--model',
      'local/small',
    );
    const { child_session_id, task_payload_artifact_id, ...rest } = sessionSpawnSchema.parse(answer);
    expect({ code, ...rest }).toEqual({
      code: 0,
      schema: 'govkit.session-spawn@1',
      db: join(root, db).replace(root, '.'),
      spawned_before: false,
    });
    expect(folderArtifacts(join(root, `${db}.artifacts`)).get(task_payload_artifact_id!)).toBe(
      'Read the parser.',
    );
    await using log = await openReadOnly(join(root, db));
    const detail = await log.session(child_session_id!, 0);
    expect(detail?.session).toMatchObject({
      role: 'Coder',
      model_id: 'local/small',
      state: 'CREATED',
      spawn_mode: 'ONE_SHOT',
      announce_back: true,
      capability_grants: ['fs.read', 'fs.write'],
      request_id: 'reader',
      task_payload_artifact_id,
    });
    expect(detail?.queue?.ahead).toEqual([]);
  });

  it('the same request is the same child, told in words', async () => {
    const first = await session('spawn lead', ...SPAWN, '--request-id', 'reader');
    const id = await idOf('reader');
    expect(first).toEqual({
      code: 0,
      out: `${id}  Coder  spawned; it runs where the engine runs\nnext   gov session show ${id} --db ${db}\n`,
      err: '',
    });
    expect((await session('spawn lead', ...SPAWN, '--request-id', 'reader', '--quiet')).out).toBe(
      `${id}  Coder  was spawned before, by the same request\n`,
    );
  });

  it('the task is the content of a file where there is one, and mode and grants are as they are told', async () => {
    writeFileSync(join(root, 'task.md'), '# Read\n');
    const { answer } = await json(
      'spawn lead',
      ...['--role', 'Coder', '--task', 'task.md', '--mode', 'session-persistent', '--no-announce'],
      ...['--grant', 'fs.read:src', '--grant', 'fs.read:docs'],
    );
    const { child_session_id, task_payload_artifact_id } = sessionSpawnSchema.parse(answer);
    expect(folderArtifacts(join(root, `${db}.artifacts`)).get(task_payload_artifact_id!)).toBe('# Read\n');
    await using log = await openReadOnly(join(root, db));
    expect((await log.session(child_session_id!, 0))?.session).toMatchObject({
      spawn_mode: 'SESSION_PERSISTENT',
      announce_back: false,
      capability_grants: ['fs.read:src', 'fs.read:docs'],
    });
  });

  it.each([
    [
      'a role that nobody has',
      ['lead', '--role', 'Boss'],
      'invalid_request',
      'no role is called "Boss" (expected one of Orchestrator, Coder, Validator)',
      'session show LEAD',
    ],
    [
      'a role that it may not spawn',
      ['held', '--role', 'Validator'],
      'invalid_request',
      'Coder may spawn Coder, and no Validator',
      'session show HELD',
    ],
    [
      'more than it holds',
      ['held', '--role', 'Coder', '--grant', 'net.http'],
      'capability_widening',
      'a child holds no more than its parent, which has fs.read, fs.write; asked for net.http',
      'session show HELD',
    ],
    [
      'a child of what has ended',
      ['done', '--role', 'Coder'],
      'requester_terminal',
      'the requester is COMPLETED, and what has ended spawns nothing',
      'session show DONE',
    ],
    [
      'no capability',
      ['lead', '--role', 'Coder', '--grant', ''],
      'capability_widening',
      'a child holds no more than its parent, which has fs.read, fs.write; asked for ',
      'session show LEAD',
    ],
  ])('%s is refused', async (_, args, code, message, next) => {
    const [name] = args;
    const words = next.replace(/[A-Z]+$/, await idOf(name!));
    const answer = await session('spawn', ...args, '--task', 'x');
    expect(answer).toEqual({
      code: 1,
      out: '',
      err: `gov: refused: ${code} · ${message}\nnext   gov ${words} --db ${db}\n`,
    });
    const { answer: machine } = await json('spawn', ...args, '--task', 'x');
    expect(sessionSpawnSchema.parse(machine)).toEqual({
      schema: 'govkit.session-spawn@1',
      refused: { code, message, next: `gov ${words} --db ${db}` },
    });
  });

  it('the same id for another task, a fifth child and a fourth level are refused', async () => {
    const said: string[] = [];
    const spawn = async (...args: string[]): Promise<void> => {
      const { err } = await session('spawn', ...args, '--role', 'Coder', '--quiet');
      said.push(err);
    };
    await spawn('lead', '--task', 'a', '--request-id', 'one');
    await spawn('lead', '--task', 'b', '--request-id', 'one');
    for (const each of ['two', 'three', 'four']) await spawn('lead', '--task', 'a', '--request-id', each);
    await spawn('one', '--task', 'a', '--request-id', 'deep');
    await spawn('deep', '--task', 'a', '--request-id', 'deeper');
    await spawn('deeper', '--task', 'a', '--request-id', 'deepest');
    expect(said).toEqual([
      '',
      'gov: refused: invalid_request · request one was made before with other content; the same id asks for the same child\n',
      '',
      'gov: refused: children_cap_reached · the requester has as many active children as it may have\n',
      'gov: refused: children_cap_reached · the requester has as many active children as it may have\n',
      '',
      '',
      'gov: refused: depth_limit_exceeded · the child would be at depth 4, deeper than the tree may be\n',
    ]);
  });

  it.each(SpawnRejectionReason.options)(
    '%s, a reason of the closed list, is explained in one line',
    async (reason) => {
      await using log = await openReadOnly(join(root, db));
      const sessions = await log.sessions();
      const requester = sessions[0]!;
      const request = { child_role: 'Coder', requester_session_id: requester.session_id } as never;
      const refusal = await spawnRefusal({ reason, request, requester, sessions, governance: {} });
      expect(refusal.code).toBe(reason);
      expect(refusal.message).toMatch(/^[a-z][^\n]{20,}$/);
      expect(refusal.next).toMatch(/^session (?:show|list|spawn)/);
    },
  );

  it.each([
    [['lead', '--task', 'x'], 'gov: gov session spawn wants --role (the role that the child takes)\n'],
    [['lead', '--role', 'Coder'], 'gov: gov session spawn wants --task (what the child is to do)\n'],
    [
      ['lead', '--role', 'Coder', '--task', ' '],
      'gov: gov session spawn wants --task (what the child is to do)\n',
    ],
    [
      ['lead', '--role', 'Coder', '--task', 'x', '--mode', 'often'],
      'gov: --mode often: expected ONE_SHOT or SESSION_PERSISTENT\n',
    ],
    [[], 'gov: gov session spawn wants REQUESTER (the session that is to be its parent)\n'],
  ])('%j is a wrong call', async (args, err) => {
    expect(await session('spawn', ...args)).toEqual({ code: 2, out: '', err });
  });
});

describe('gov session cancel', () => {
  it('tells what it cancelled and what had ended, in order', async () => {
    expect(await session('cancel lead', '--reason', 'wrong branch', '--by', 'operator')).toEqual({
      code: 0,
      out: `cancelled 2 · skipped 2 (had ended) · by operator: "wrong branch"
  cancelled  019c…  lead  Orchestrator
  cancelled  4e22…  held  Coder
  skipped    341f…  done  Coder
  skipped    5f05…  broken  Validator
next   gov session list --tree --under lead --db ${db}
`,
      err: '',
    });
    const { out } = await session('list', '--state', 'CANCELLED');
    expect(out.match(/by operator: "wrong branch"/g)).toHaveLength(2);
  });

  it('the same operation cancels once, and means one session', async () => {
    const args = ['--reason', 'r', '--by', 'ilja', '--op-id', 'op-1'];
    const first = await json('cancel held', ...args);
    const second = await json('cancel held', ...args);
    expect(sessionCancelSchema.parse(first.answer)).toEqual({
      schema: 'govkit.session-cancel@1',
      db: join(root, db).replace(root, '.'),
      op_id: 'op-1',
      root_session_id: await idOf('held'),
      cancelled_session_ids: [await idOf('held')],
      skipped_session_ids: [],
      reason: 'r',
      cancelled_by: 'ilja',
    });
    expect(second).toEqual(first);
    const held = await idOf('held');
    const lead = await idOf('lead');
    expect(await session('cancel lead', ...args)).toEqual({
      code: 1,
      out: '',
      err: `gov: refused: invalid_request · op_id op-1 cancelled session ${held}, expected session ${lead}\nnext   gov session show ${lead} --db ${db}\n`,
    });
  });

  it('who cancels is said by the environment where no option says it', async () => {
    vi.stubEnv('GOVKIT_ACTOR', 'Ada');
    const { answer } = await json('cancel held', '--reason', 'r');
    vi.unstubAllEnvs();
    expect(sessionCancelSchema.parse(answer).cancelled_by).toBe('Ada');
  });

  it('a tree whose roles are broken keeps nobody from stopping a session', async () => {
    const broken = treeWithBrokenRoles;
    const { code } = await asked(broken, [
      ...['session', 'cancel', 'held', '--db', join(root, db)],
      ...['--reason', 'r', '--by', 'ilja'],
    ]);
    expect(code).toBe(0);
  });

  it.each([
    [['held'], 'gov: gov session cancel wants --reason (why, for whoever looks later)\n'],
    [['held', '--reason', ' '], 'gov: gov session cancel wants --reason (why, for whoever looks later)\n'],
    [
      ['held', '--reason', 'r', '--by', 'system'],
      "gov: --by system: that is the name of the runtime, expected a person's\n",
    ],
    [
      ['held', '--reason', 'r', '--by', 'system:x'],
      "gov: --by system:x: that is the name of the runtime, expected a person's\n",
    ],
    [['held', '--reason', 'r', '--by', ' '], 'gov: Unexpected actor "", expected a name (--by NAME)\n'],
  ])('%j is a wrong call', async (args, err) => {
    expect(await session('cancel', ...args)).toEqual({ code: 2, out: '', err });
  });
});

const treeWithBrokenRoles = treeWith({ '.GOV/roles.yaml': '[' });

describe('gov session pause and resume', () => {
  it('hold one session and let it go on', async () => {
    expect((await session('resume held')).out).toBe(
      `held  Coder  BLOCKED  waits for a message\nnext   gov session show held --db ${db}\n`,
    );
    expect((await session('pause held', '--reason', 'policy')).out).toBe(
      `held  Coder  PAUSED  by a policy\nnext   gov session resume held --db ${db}\n`,
    );
    const { answer } = await json('resume held');
    expect(sessionSteerSchema.parse(answer)).toEqual({
      schema: 'govkit.session-steer@1',
      db: join(root, db).replace(root, '.'),
      action: 'resume',
      session_id: await idOf('held'),
      state: 'BLOCKED',
      blocked_on: 'input',
      pause_reason: null,
      pause_requested: null,
    });
  });

  it.each([
    ['resume lead', 'not_paused', 'session LEAD is BLOCKED; only a paused session can be resumed'],
    ['pause done', 'session_terminal', 'session DONE is COMPLETED; what has ended stays as it is'],
    ['resume done', 'session_terminal', 'session DONE is COMPLETED; what has ended stays as it is'],
  ])('%s is refused', async (words, code, message) => {
    const id = await idOf(words.split(' ')[1]!);
    const told = message.replace(/[A-Z]{4}/, id);
    expect(await session(words)).toEqual({
      code: 1,
      out: '',
      err: `gov: refused: ${code} · ${told}\nnext   gov session show ${id} --db ${db}\n`,
    });
  });

  it('a reason that is none of the list is a wrong call', async () => {
    expect(await session('pause held', '--reason', 'crash_recovery')).toEqual({
      code: 2,
      out: '',
      err: 'gov: --reason crash_recovery: expected one of operator, policy, budget\n',
    });
  });
});

describe('gov session recover', () => {
  it('finds nothing where everybody lives', async () => {
    expect(await session('recover')).toEqual({
      code: 0,
      out: 'no orphan: every run belongs to a process that lives\n',
      err: '',
    });
    const { answer } = await json('recover');
    expect(sessionRecoverSchema.parse(answer)).toMatchObject({ recovered: [], pending: [] });
  });
});

describe('gov session send', () => {
  it('a session is told something by somebody, and wakes', async () => {
    expect(await session('resume held', '--quiet')).toMatchObject({ code: 0 });
    expect(await session('send held', 'Go on.', '--from', 'Ada')).toEqual({
      code: 0,
      out: `held  Coder  BLOCKED  waits for a permit\nnext   gov session show held --db ${db}\n`,
      err: '',
    });
    const { out } = await session('show held', '--content');
    expect(out).toContain('from Ada, not trusted\n             Go on.\n');
  });

  it('what has ended hears nothing, and nothing is no message', async () => {
    expect((await session('send done', 'Go on.', '--from', 'Ada')).err).toContain(
      'gov: refused: session_terminal · session ',
    );
    expect(await session('send held', ' ')).toEqual({
      code: 2,
      out: '',
      err: 'gov: gov session send wants TEXT (what it is told)\n',
    });
  });
});

describe('gov session approve', () => {
  it('of a session that waits for no approval it is refused', async () => {
    const id = await idOf('held');
    expect(await session('approve held', '3', '--by', 'Ada')).toEqual({
      code: 1,
      out: '',
      err: `gov: refused: invalid_request · nothing in session ${id} waits for approval of 3\nnext   gov session show ${id} --db ${db}\n`,
    });
  });

  it.each(['1', 'TOOL', 'TOO'])(
    'the call is named by its number, its id or how that begins: %s',
    async (word) => {
      db = 'asks.db';
      const asks = EVERY_STATE.slice(0, EVERY_STATE.indexOf('scripts:'));
      rmSync(join(root, db), { force: true });
      await ranIn(
        root,
        `${asks}scripts:\n  lead:\n    - tool: { id: fs.write_file, side_effect: WRITE, ask: true }\n    - complete: {}\n`,
        db,
      );
      const { answer } = await json('list');
      const [{ awaits_approval }] = (answer as { sessions: [{ awaits_approval: { tool_call_id: string } }] })
        .sessions;
      const id = awaits_approval.tool_call_id;
      const given = { 1: id.slice(0, 8), TOOL: id, TOO: id.slice(0, 20) }[word]!;
      expect((await session('approve lead', given, '--by', 'Ada', '--quiet')).out).toBe(
        'lead  Orchestrator  BLOCKED  waits for a permit\n',
      );
      expect((await session('show lead')).out).toContain('approved by Ada');
    },
  );
});

describe('gov session consent and revoke', () => {
  const id = '8c1d1f6e-3b0a-4d57-9d0b-2f1a6c7e9b10';
  const plan_id = '8c1d1f6e-3b0a-4d57-9d0b-2f1a6c7e9b11';
  const at = '2026-02-24T12:00:00.000Z';
  const papers = (session_ids: string[]) => ({
    plan: {
      schema_version: 'hsk.projection_plan@0.4',
      projection_plan_id: plan_id,
      include_artifact_refs: [],
      include_fields: null,
      redactions_applied: [],
      max_bytes: 65_536,
      payload_sha256: '0'.repeat(64),
      created_at: at,
      job_id: null,
      wp_id: null,
      mt_id: null,
    },
    receipt: {
      schema_version: 'hsk.consent_receipt@0.4',
      consent_receipt_id: id,
      projection_plan_id: plan_id,
      payload_sha256: '0'.repeat(64),
      approved: true,
      approved_at: at,
      user_id: 'Ada',
      ui_surface: null,
      notes: null,
      scope: 'SESSION_SCOPED',
      session_ids,
      valid_from: at,
      valid_until: null,
      revoked_at: null,
    },
  });

  it('a cloud session that waited for consent goes on, and waits again when it is taken back', async () => {
    db = 'cloud.db';
    const cloud = EVERY_STATE.slice(0, EVERY_STATE.indexOf('scripts:')).replace(
      'script: lead',
      'script: lead, backend: cloud',
    );
    await ranIn(root, `${cloud}scripts:\n  lead:\n    - complete: {}\n`, db);
    expect((await session('show lead')).out).toContain('waits for consent to call a model in the cloud');
    writeFileSync(join(root, 'receipt.json'), JSON.stringify(papers([await idOf('lead')])));
    expect(await session('consent receipt.json')).toEqual({
      code: 0,
      out: `recorded ${id}\n  lead  Orchestrator  BLOCKED  waits for a permit\nnext   gov session list --live --db ${db}\n`,
      err: '',
    });
    expect((await session('show lead')).out).toContain(
      `consent    ${id}  SESSION_SCOPED  by Ada  from 12:00:00`,
    );
    expect((await session('revoke', id, '--by', 'Ada')).out).toBe(
      `revoked ${id}\n  lead  Orchestrator  BLOCKED  waits for consent to call a model in the cloud\nnext   gov session list --live --db ${db}\n`,
    );
    const { answer } = await json('revoke', id, '--by', 'Ada');
    expect(sessionConsentSchema.parse(answer)).toMatchObject({ consent_receipt_id: id, revoked: true });
  });

  it('a receipt that nobody has is refused, and so is a file that holds none', async () => {
    expect(await session('revoke', plan_id, '--by', 'Ada')).toMatchObject({ code: 1 });
    writeFileSync(join(root, 'wrong.yaml'), 'paper: {}\n');
    expect(await session('consent wrong.yaml')).toEqual({
      code: 2,
      out: '',
      err: 'gov: wrong.yaml: Unexpected paper, expected receipt, and plan with the first receipt for it\n',
    });
    expect((await session('consent nosuch.yaml')).err).toContain('gov: nosuch.yaml: ENOENT');
  });
});
