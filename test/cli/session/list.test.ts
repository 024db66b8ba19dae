import stringWidth from 'fast-string-width';
import { beforeAll, describe, expect, it } from 'vitest';
import { asked, ranIn, treeWith } from './asked.ts';

const root = treeWith();
beforeAll(() => ranIn(root));

const list = (args: string[], columns?: number) =>
  asked(root, ['session', 'list', '--db', 'run.db', ...args], columns);

describe('gov session list', () => {
  it('as a tree where no terminal cuts', async () => {
    expect((await list(['--tree'])).out).toMatchInlineSnapshot(`
      "019c8f85-3e00-7000-8002-000000000001        lead    Orchestrator  BLOCKED    waits for 1 child  4 children, 1.4k tokens  $0.11
      ├─ 341fc29c-190e-5f46-b75f-124987c4b442     done    Coder         COMPLETED  announced 12:00:00  30 tokens  $0.06  summary sha256:27db…
      ├─ 5f05efc1-4c63-5e1d-bce1-00e4c70bd4d4     broken  Validator     FAILED     "no such file"
      ├─ 4e224115-daed-5ea5-b657-38835e65e54f     held    Coder         PAUSED     by an operator  5 tokens
      └─ 84990cd6-1fbb-5b7f-b8d1-2b089387bd88     wrong   Coder         CANCELLED  by operator: "wrong branch" 12:00:01  1 child  summary sha256:0668…
         └─ 6b19944f-d193-52eb-a3b4-92af374c29c6  deeper  Coder         CANCELLED  by operator: "wrong branch" 12:00:01  5 tokens
      "
    `);
  });

  it('as a tree on 80 columns', async () => {
    expect((await list(['--tree'], 80)).out).toMatchInlineSnapshot(`
      "lead          Orchestrator  BLOCKED    waits for 1 child
      │                                      4 children, 1.4k tokens  $0.11
      ├─ done       Coder         COMPLETED  announced 12:00:00  30 tokens  $0.06
      │                                      summary sha256:27db…
      ├─ broken     Validator     FAILED     "no such file"
      ├─ held       Coder         PAUSED     by an operator  5 tokens
      └─ wrong      Coder         CANCELLED  by operator: "wrong branch" 12:00:01
         │                                   1 child  summary sha256:0668…
         └─ deeper  Coder         CANCELLED  by operator: "wrong branch" 12:00:01
                                             5 tokens
      "
    `);
  });

  it('as a tree on 60 columns', async () => {
    expect((await list(['--tree'], 60)).out).toMatchInlineSnapshot(`
      "lead          Orchestrator  BLOCKED
      │  waits for 1 child  4 children, 1.4k tokens  $0.11
      ├─ done       Coder         COMPLETED
      │    announced 12:00:00  30 tokens  $0.06
      │    summary sha256:27db…
      ├─ broken     Validator     FAILED
      │    "no such file"
      ├─ held       Coder         PAUSED
      │    by an operator  5 tokens
      └─ wrong      Coder         CANCELLED
         │  by operator: "wrong branch" 12:00:01  1 child
         │  summary sha256:0668…
         └─ deeper  Coder         CANCELLED
              by operator: "wrong branch" 12:00:01  5 tokens
      "
    `);
  });

  it('as a list on 80 columns', async () => {
    expect((await list([], 80)).out).toMatchInlineSnapshot(`
      "lead    Orchestrator  BLOCKED    waits for 1 child  4 children, 1.4k tokens
                                       $0.11
      done    Coder         COMPLETED  announced 12:00:00  30 tokens  $0.06
                                       summary sha256:27db…
      broken  Validator     FAILED     "no such file"
      held    Coder         PAUSED     by an operator  5 tokens
      wrong   Coder         CANCELLED  by operator: "wrong branch" 12:00:01  1 child
                                       summary sha256:0668…
      deeper  Coder         CANCELLED  by operator: "wrong branch" 12:00:01  5 tokens
      "
    `);
  });

  it.each([40, 60, 80, 100])('is never wider than %i columns', async (columns) => {
    for (const args of [[], ['--tree']]) {
      const { out } = await list(args, columns);
      expect(out.split('\n').filter((line) => stringWidth(line) > columns)).toEqual([]);
    }
  });

  it.each([
    [['--live'], ['lead', 'held']],
    [['--state', 'failed'], ['broken']],
    [['--role', 'Validator'], ['broken']],
    [
      ['--under', 'wrong'],
      ['wrong', 'deeper'],
    ],
    [['--under', 'wrong', '--live'], []],
    [['--wp', 'WP-1-Nobody-v1'], []],
  ])('%j are %j', async (args, names) => {
    const { code, out } = await list([...args, '--json']);
    const { sessions } = JSON.parse(out) as { sessions: { name: string }[] };
    expect({ code, names: sessions.map(({ name }) => name) }).toEqual({ code: 0, names });
  });

  it('a tree shows what is asked for with what stands above it', async () => {
    expect((await list(['--tree', '--under', 'deeper'], 80)).out).toMatchInlineSnapshot(`
      "lead          Orchestrator  BLOCKED    waits for 1 child
      │                                      4 children, 1.4k tokens  $0.11
      └─ wrong      Coder         CANCELLED  by operator: "wrong branch" 12:00:01
         │                                   1 child  summary sha256:0668…
         └─ deeper  Coder         CANCELLED  by operator: "wrong branch" 12:00:01
                                             5 tokens
      "
    `);
  });

  it.each([
    [
      ['--state', 'DONE'],
      2,
      'gov: --state DONE: expected one of CREATED, ACTIVE, BLOCKED, PAUSED, COMPLETED, FAILED, CANCELLED\n',
    ],
    [['--role', 'Nobody'], 0, 'none of 6 sessions in ./run.db is what was asked for\n'],
    [
      ['--under', 'nosuch'],
      2,
      'gov: "nosuch" is no session in ./run.db (expected an id, its beginning, or a name; gov session list)\n',
    ],
  ])('%j exits %i and says so', async (args, code, err) => {
    expect(await list(args)).toEqual({ code, out: '', err });
  });
});
