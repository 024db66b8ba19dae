import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gov } from '../support/gov.ts';
import { temporaryFolder, writeTree } from '../support/repository.ts';

const project = join(import.meta.dirname, '..', '..');
const SCENARIO = join(project, '.GOV/scenarios/delegation.yaml');
const json = (args: readonly string[], code = 0) => {
  const done = gov(project, [...args, '--json']);
  expect({ args, code: done.code, err: done.err }).toEqual({ args, code, err: '' });
  return JSON.parse(done.out);
};

describe('read', () => {
  it('the own tree is clean', () => {
    const report = json(['check']);
    expect(report.findings.filter((finding: { severity: string }) => finding.severity !== 'info')).toEqual(
      [],
    );
    expect(report).toMatchObject({
      schema: 'govkit.findings@1',
      root: project,
      stats: { artifacts: { stub: 2 }, spec: { version: 'v02.137' } },
      summary: { error: 0, warning: 0, baselined: 0 },
    });
  });

  it('every anchor of both stubs resolves UNIQUE', () => {
    const { counts, results } = json(['spec', 'resolve', '--stubs']);
    expect(results).toHaveLength(10);
    expect(counts.UNIQUE).toBe(10);
    for (const { section } of results)
      expect(section).toMatchObject({ authority: 'YES', file: expect.stringContaining('v02.137') });
  });

  it('a section is printed as it stands', () => {
    const { out } = gov(project, ['spec', 'show', '4.3.9.15.4 Depth and Children Caps']);
    expect(out).toContain('##### 4.3.9.15.4 Depth and Children Caps (HARD)');
    expect(out).toContain('INV-SPAWN-001');
  });

  it('the committed tree is read from git as well', () => {
    const done = gov(project, ['check', '--rev', 'HEAD', '--json']);
    expect(done.code).toBe(0);
    expect(JSON.parse(done.out).stats.artifacts.stub).toBe(2);
  });
});

describe('generate', () => {
  it('what is committed is what the spec generates', () => {
    const { counts, files } = json(['codegen', '--check']);
    expect(counts.events).toBe(20);
    expect(files.every((file: { changed: boolean }) => !file.changed)).toBe(true);
  });

  it('C10: a hand edit is found and not written over, and --force restores the file', () => {
    const root = temporaryFolder();
    writeTree(root, { 'gov.config.yaml': readFileSync(join(project, 'gov.config.yaml')) });
    const args = [
      '--root',
      root,
      '--spec',
      join(project, '.GOV/spec/Handshake_Master_Spec_v02.137.md'),
      '--overlay',
      join(project, '.GOV/spec/overlay.yaml'),
    ];
    expect(gov(root, ['codegen', ...args]).code).toBe(0);
    expect(gov(root, ['codegen', '--check', ...args]).code).toBe(0);
    const file = join(root, 'tools/generated/types.ts');
    writeTree(root, {
      'tools/generated/types.ts': readFileSync(file, 'utf8').replace(
        'max_spawn_depth: 3',
        'max_spawn_depth: 9',
      ),
    });
    const edited = gov(root, ['codegen', '--check', ...args]);
    expect(edited.code).toBe(1);
    expect(edited.out).toMatch(/types\.ts\n\s+\d+:\d+\s+error\s+codegen\/generated-edited/);
    expect(gov(root, ['codegen', ...args]).code).toBe(1);
    expect(gov(root, ['codegen', '--force', ...args]).code).toBe(0);
    expect(gov(root, ['codegen', '--check', ...args]).code).toBe(0);
  });
});

describe('run', () => {
  const play = () => {
    const db = join(temporaryFolder(), 'run.db');
    const report = json(['session', 'run', SCENARIO, '--db', db]);
    const log = gov(project, ['recorder', 'query', '--db', db]).out;
    return { report, log, db };
  };

  it('shows every refusal, signal and cancel that the contract knows, each of the 14 session events in SQLite', () => {
    const { report, log, db } = play();
    expect(report.violations).toEqual([]);
    expect(report.stats.refused).toEqual({
      capability_widening: 1,
      children_cap_reached: 1,
      depth_limit_exceeded: 1,
    });
    expect(report.stats.announced).toBeGreaterThan(0);
    expect(report.stats.cascade.cancelled).toBeGreaterThan(1);
    expect(report.events['FR-EVT-SESS-SCHED-003']).toBeGreaterThan(0);
    expect(report.events['FR-EVT-SESS-005']).toBeGreaterThan(0);
    const kinds = new Set(
      log
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).fr_event_id as string),
    );
    const session = [
      'SESS-001',
      'SESS-002',
      'SESS-003',
      'SESS-004',
      'SESS-005',
      'SESS-SCHED-001',
      'SESS-SCHED-002',
      'SESS-SCHED-003',
      'SESS-SCHED-004',
      'SESS-SPAWN-001',
      'SESS-SPAWN-002',
      'SESS-SPAWN-003',
      'SESS-SPAWN-004',
      'SESS-SPAWN-005',
    ];
    expect([...kinds]).toEqual(expect.arrayContaining(session.map((id) => `FR-EVT-${id}`)));
    expect(gov(project, ['session', 'list', '--tree', '--db', db]).out).toContain('├─ ');
  });

  it('ids and events are the same on a second run', () => {
    const [one, two] = [play(), play()];
    expect(two.log).toBe(one.log);
    expect({ ...two.report, db: '' }).toEqual({ ...one.report, db: '' });
  });

  it('an existing database is not overwritten', () => {
    const { db } = play();
    const again = gov(project, ['session', 'run', SCENARIO, '--db', db]);
    expect([again.code, again.err]).toEqual([
      2,
      `gov: --db ${db}: the file exists; a scenario wants a new one\n`,
    ]);
  });

  it('a session that names a stub as its work packet is refused', () => {
    const root = temporaryFolder();
    const text = readFileSync(SCENARIO, 'utf8').replace(
      '{ as: lead, role: Orchestrator,',
      '{ as: lead, wp_id: WP-1-Session-Spawn-Contract-v1, role: Orchestrator,',
    );
    writeTree(root, { 'bound.yaml': text });
    const done = gov(project, ['session', 'run', join(root, 'bound.yaml'), '--db', join(root, 'run.db')]);
    expect(done.code).toBe(1);
    expect(done.err).toMatch(
      /^gov: refused: WP-1-Session-Spawn-Contract-v1 is closed: a stub admits nobody; .*record-refinement/,
    );
  });

  it('a broken scenario is told with its place', () => {
    const root = temporaryFolder();
    writeTree(root, { 'bad.yaml': readFileSync(SCENARIO, 'utf8').replace('do: cancel', 'do: explode') });
    const done = gov(project, ['session', 'run', join(root, 'bad.yaml'), '--db', join(root, 'run.db')]);
    expect(done.code).toBe(1);
    expect(done.out).toMatch(/bad\.yaml\n\s+\d+:\d+\s+error\s+scenario\/invalid\s+actions\.0\.do/);
  });
});

describe('gate', () => {
  it.each(['WP-1-Session-Spawn-Contract-v1', 'WP-1-Session-Observability-Spans-FR-v1'])(
    '%s is closed, item by item',
    (id) => {
      const status = json(['wp', 'status', id], 1);
      expect(status).toMatchObject({
        schema: 'govkit.wp@1',
        wp_id: id,
        stage: 'STUB',
        ready: false,
        next: `just record-refinement ${id}`,
      });
      expect(
        status.items.map((item: { intent: string; state: string }) => [item.intent, item.state]),
      ).toEqual([
        ['main_body', 'PASS'],
        ['refinement_block', 'FAIL'],
        ['signature', 'FAIL'],
        ['refinement_file', 'FAIL'],
        ['packet', 'FAIL'],
        ['copy_notes', 'FAIL'],
        ['board', 'FAIL'],
      ]);
      for (const item of status.items) expect(item.evidence.length).toBeGreaterThan(0);
    },
  );
});

it('npm start tells the four jobs in at most 60 lines and ends with what to try next', () => {
  const done = spawnSync(
    process.execPath,
    [join(project, 'dist', 'bin', 'start.js'), join(temporaryFolder(), 'start.db')],
    {
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    },
  );
  expect(done.stderr).toBe('');
  expect(done.status).toBe(0);
  const lines = done.stdout.trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(60);
  for (const job of ['read', 'generate', 'run', 'gate', 'next'])
    expect(lines.some((line) => line.startsWith(job))).toBe(true);
  expect(done.stdout).toContain('10 of 10 anchors resolve');
  expect(done.stdout).toContain('all 14 session kinds, every one valid and correlated');
});
