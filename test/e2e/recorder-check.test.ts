import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { log, whole } from '../recorder/conform/told-log.ts';
import { gov } from '../support/gov.ts';
import { temporaryFolder } from '../support/repository.ts';

const project = join(import.meta.dirname, '..', '..');
const bundle = join(project, 'dist', 'bin', 'gov.js');

let root: string;
beforeEach(() => {
  root = temporaryFolder();
  mkdirSync(join(root, '.GOV'));
  writeFileSync(join(root, 'gov.config.yaml'), 'session:\n  unbound: allow\n');
  cpSync(join(project, '.GOV', 'scenarios', 'delegation.yaml'), join(root, 'scenario.yaml'));
  cpSync(join(project, 'templates', 'maps'), join(root, 'maps'), { recursive: true });
  write('log.ndjson', whole);
  write('log.gz', gzipSync(whole));
});

function write(name: string, content: string | Uint8Array): string {
  writeFileSync(join(root, name), content);
  return name;
}

const check = (...args: string[]) => gov(root, ['recorder', 'check', ...args]);
/** What it says is the same but for the time that it took. */
const timeless = (text: string): string =>
  text.replace(/\d+ rules · \d+\.\d\d s/g, 'N rules · N s').replace(/\d+ rules/g, 'N rules');

describe('gov recorder check', () => {
  it('a log of the engine is clean: as a file, as gzip, as a pipe, as the database itself', () => {
    const run = gov(root, ['session', 'run', 'scenario.yaml', '--db', 'run.db']);
    expect(run.code).toBe(0);
    for (const [file, held] of [
      ['log.ndjson', '133 events, 9 sessions, 16 kinds'],
      ['log.gz', '133 events, 9 sessions, 16 kinds'],
      ['run.db', '133 events, 9 sessions, 42 spans, 16 kinds'],
    ] as const) {
      const { code, out, err } = check(file);
      expect([code, timeless(out), err]).toEqual([0, `clean · ${file}: ${held}, N rules · N s\n`, '']);
    }
    const { out } = check('run.db', '--json');
    expect(JSON.parse(out)).toMatchObject({
      schema: 'govkit.recorder-check@1',
      format: 'sqlite',
      stats: { bytes: 0, lines: 0, events: 133, spans: 42, sessions: 9 },
      findings: [],
      omitted: 0,
    });
  });

  it('without a file it is the last run, and without a run one line says so', () => {
    const empty = temporaryFolder();
    writeFileSync(join(empty, 'gov.config.yaml'), '');
    mkdirSync(join(empty, '.GOV'));
    mkdirSync(join(empty, '.git'));
    const { code, err } = gov(empty, ['recorder', 'check']);
    expect([code, err]).toEqual([
      2,
      'gov: no session database yet (gov session run FILE makes one, --db names one)\n',
    ]);
  });

  it('reads standard input', async () => {
    const child = spawn(process.execPath, [bundle, 'recorder', 'check', '-'], { cwd: root });
    let out = '';
    child.stdout.on('data', (part: Buffer) => (out += part.toString()));
    const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
    child.stdin.end(whole);
    expect([await closed, timeless(out)]).toEqual([
      0,
      'clean · standard input: 133 events, 9 sessions, 16 kinds, N rules · N s\n',
    ]);
  });

  it('Ctrl-C while it waits for more: one line, exit 130', async () => {
    const child = spawn(process.execPath, [bundle, 'recorder', 'check', '-'], { cwd: root });
    let err = '';
    let told = (): void => {};
    const begun = new Promise<void>((resolve) => {
      told = resolve;
    });
    child.stderr.on('data', (part: Buffer) => (err += part.toString()));
    const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
    // More than a pipe holds: when all of it is gone, the command is reading.
    child.stdin.write(whole.repeat(20), () => told());
    await begun;
    child.kill('SIGINT');
    expect(await closed).toBe(130);
    expect(err).toMatch(/^gov: stopped after \d+\.\d MB of standard input; nothing was written\n$/);
  });

  it('tells every rule at once, the first of each, and how many more there are', () => {
    const bad = `${'hello\n'.repeat(1_000)}${whole}${whole}{"torn`;
    const { code, out } = check(write('bad.ndjson', bad));
    expect(code).toBe(1);
    expect(out.split('\n').length).toBeLessThanOrEqual(80);
    expect(out).toMatch(
      /\n {2}1:1 +error +log\/not-an-event +Unexpected "h", expected a value \(JSON, one event on each line\)\n/,
    );
    expect(out).toContain('  + 997 more log/not-an-event');
    expect(out).toContain('  + 130 more event/duplicate');
    expect(out).toContain('log/torn-tail');
    expect(out).toMatch(/\nnext {3}gov explain [a-z]+\/[a-z-]+\n$/);

    const answer = JSON.parse(check('bad.ndjson', '--json').out) as {
      findings: { rule: string; place: object }[];
      rules: Record<string, number>;
      omitted: number;
      summary: { error: number };
    };
    expect(answer.rules).toMatchObject({
      'log/not-an-event': 1_000,
      'event/duplicate': log.length,
      'log/seq-order': log.length,
      'log/torn-tail': 1,
    });
    const listed = answer.findings.filter(({ rule }) => rule === 'log/not-an-event');
    expect(listed).toHaveLength(200);
    expect(listed[199]!.place).toEqual({
      ...{ file: 'bad.ndjson', line: 200, column: 1, endLine: 200, endColumn: 1 },
    });
    const counted = Object.values(answer.rules).reduce((sum, n) => sum + n, 0);
    expect(answer.findings.length + answer.omitted).toBe(counted);
    expect(answer.summary.error).toBe(counted);
  });

  it('a warning alone fails nothing', () => {
    const later = whole.replaceAll(/^\{"seq":(\d+)/gm, (_, seq) => `{"seq":${Number(seq) + 5}`);
    const warned = check(write('later.ndjson', later));
    expect(warned.code).toBe(0);
    expect(warned.out).toContain(
      '1:1  warning  log/seq-hole  Unexpected seq 6 after 0, expected events 1 to 5, or a gap line',
    );
    expect(warned.out).toContain('1 warning · later.ndjson: 133 events');
  });

  it('reads a foreign envelope by a file or by pairs, and says how where nobody told', () => {
    const foreign = log.map(({ fr_event_id, type, payload, ...rest }) =>
      JSON.stringify({ ...rest, event_type: type, payload: { ...payload, event_id: fr_event_id } }),
    );
    const file = write('theirs.ndjson', foreign.join('\n'));
    const pairs = ['--map', 'fr_event_id=payload.event_id', '--map', 'type=event_type'];
    for (const args of [['--map', 'maps/handshake.yaml'], pairs]) {
      const { code, out } = check(file, ...args);
      expect([code, timeless(out)]).toEqual([
        0,
        `clean · ${file}: 133 events, 9 sessions, 16 kinds, N rules · N s\n`,
      ]);
    }
    const { code, out } = check(file);
    expect(code).toBe(1);
    expect(out).toContain(
      'next   gov recorder check FILE --map fr_event_id=WHERE_THE_ID_IS   (no event of this log has a registered id)',
    );
  });
});

describe('a call that cannot be answered says so in one line', () => {
  it.each([
    [['none.ndjson'], 'none.ndjson: no such file'],
    [['maps'], 'maps: a folder, expected an event log'],
    [['log.ndjson', '--map', 'none.yaml'], '--map none.yaml: no such file, and no TARGET=SOURCE'],
    [['log.ndjson', '--map', 'gov.config.yaml'], '--map gov.config.yaml: schema: Invalid input'],
    [
      ['log.ndjson', '--map', 'nowhere=x'],
      '--map nowhere=x: fields.nowhere: no field of an event (expected ',
    ],
    [['log.ndjson', '--map', 'log.gz'], '--map log.gz: log.gz:1:'],
    [
      ['log.ndjson', '--require', 'FR-EVT-SESS-999'],
      '--require FR-EVT-SESS-999: covers no event (expected an id',
    ],
    [['log.ndjson', '--require', '*-SESS-*'], '--require *-SESS-*: covers no event (expected an id'],
  ])('%j', (args, expected) => {
    const { code, out, err } = check(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err.startsWith(`gov: ${expected}`)).toBe(true);
    expect(err.split('\n')).toHaveLength(2);
  });

  it('a database that is none', () => {
    const { code, err } = check(write('other.db', `SQLite format 3\0${'x'.repeat(500)}`));
    expect(code).toBe(2);
    expect(err.split('\n')).toHaveLength(2);
    expect(err).toMatch(/^gov: .*other\.db/);
  });
});
