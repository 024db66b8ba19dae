import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { gov } from '../support/gov.ts';
import { readableBundle } from '../support/nobody.ts';
import { repositoryIn, temporaryFolder, writeTree } from '../support/repository.ts';

const project = join(import.meta.dirname, '..', '..');
const SPAWN = '.GOV/task_packets/stubs/WP-1-Session-Spawn-Contract-v1.md';

let root: string;

beforeEach(() => {
  root = temporaryFolder();
  cpSync(join(project, '.GOV'), join(root, '.GOV'), { recursive: true });
});

describe('what is wrong in the tree: exit 1 with a place', () => {
  it('a missing spec file', () => {
    rmSync(join(root, '.GOV/spec/Handshake_Master_Spec_v02.137.md'));
    const { code, out } = gov(root, ['check']);
    expect(code).toBe(1);
    expect(out).toMatch(
      /SPEC_CURRENT\.md\n\s+\d+:\d+\s+error\s+spec\/missing\s+.*Handshake_Master_Spec_v02\.137\.md/,
    );
  });

  it.each([
    ['spec', 'resolve', '4.3.9.15'],
    ['wp', 'status', 'WP-1-Session-Spawn-Contract-v1'],
    ['codegen', '--check'],
  ])('a missing spec file, for gov %s %s', (...args) => {
    rmSync(join(root, '.GOV/spec/Handshake_Master_Spec_v02.137.md'));
    const { code, out, err } = gov(root, args);
    expect({ code, place: /SPEC_CURRENT\.md/.test(out + err) }).toEqual({ code: 1, place: true });
  });

  it('a stub that is a folder', () => {
    rmSync(join(root, SPAWN));
    mkdirSync(join(root, SPAWN));
    const { code, out } = gov(root, ['check']);
    expect(code).toBe(1);
    expect(out).toMatch(
      /WP-1-Session-Spawn-Contract-v1\.md\n\s+1:1\s+error\s+tree\/unreadable\s+Unexpected .*folder/,
    );
  });

  it('invalid UTF-8', () => {
    const text = readFileSync(join(root, SPAWN));
    writeTree(root, {
      [SPAWN]: Buffer.concat([text.subarray(0, 31), Buffer.from([0x96]), text.subarray(31)]),
    });
    const { code, out } = gov(root, ['check']);
    expect(code).toBe(1);
    expect(out).toMatch(/WP-1-Session-Spawn-Contract-v1\.md\n\s+3:3\s+error\s+text\/not-utf8/);
  });

  it('an unreadable file, under another user than root', () => {
    chmodSync(join(root, SPAWN), 0o000);
    chmodSync(root, 0o755);
    // As root every file is readable: the command runs as nobody, from a copy that nobody may read.
    const { bundle, home } = readableBundle();
    const asRoot = process.getuid?.() === 0;
    const { code, out } = gov(root, ['check'], {
      bundle,
      ...(asRoot && { asNobody: true, env: { HOME: home } }),
    });
    expect(code).toBe(1);
    expect(out).toMatch(
      /WP-1-Session-Spawn-Contract-v1\.md\n\s+1:1\s+error\s+tree\/unreadable\s+Unexpected .*may not be read/,
    );
  });

  it('a tree with nothing in it', () => {
    const { code, out, err } = gov(temporaryFolder(), ['check']);
    expect(code).toBe(1);
    expect(out + err).toContain('no governed file under .GOV: is this the right --root?');
  });
});

describe('what is wrong in the call: exit 2, one line', () => {
  it.each([
    [
      'a WP id with ../',
      ['wp', 'status', 'WP-1-../x'],
      'gov: "WP-1-../x" is no work-packet id (expected WP-<phase>-<Name>[-vN], for example WP-1-Session-Spawn-Contract-v1)',
    ],
    [
      'a WP id with ;',
      ['wp', 'status', 'WP-1-x; echo INJECTED'],
      'gov: "WP-1-x; echo INJECTED" is no work-packet id',
    ],
    ['a WP id with a line end', ['wp', 'status', 'WP-1-x\ny'], 'is no work-packet id'],
    ['an unknown command', ['chekc'], 'gov: "chekc" is no command (did you mean gov check?)'],
    ['an unknown option', ['check', '--al'], 'gov: Unexpected option --al, expected one of: --root'],
    ['a missing argument', ['session', 'run'], 'gov: gov session run wants FILE'],
    ['an argument too many', ['doctor', 'x'], 'gov: Unexpected argument "x" for gov doctor'],
    [
      'a root without a name',
      ['check', '--root', ''],
      'gov: --root: Unexpected empty path, expected a folder',
    ],
    ['a root that is none', ['check', '--root', 'nowhere'], 'gov: --root nowhere: no such folder'],
    ['two snapshots', ['check', '--staged', '--rev', 'HEAD'], 'gov: --staged and --rev exclude each other'],
    [
      'no repository for --staged',
      ['check', '--staged'],
      'gov: --staged needs a git repository with its root at --root',
    ],
    ['an unknown rule', ['explain', 'no/such'], 'gov: "no/such" is no rule'],
    ['a scenario that is not there', ['session', 'run', 'none.yaml'], 'none.yaml'],
    [
      'a limit that is no number',
      ['recorder', 'query', '--db', 'x.db', '--limit', 'many'],
      'gov: --limit many: expected a whole number from 1',
    ],
  ])('%s', (_name, args, message) => {
    const { code, out, err } = gov(root, args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  it.each([
    ['broken YAML', 'codegen: [\n', 'gov.config.yaml:2:1:'],
    [
      'an unknown key',
      'codgen: {}\n',
      'gov.config.yaml:1:1: Unexpected key at codgen, expected one of: layout, check, codegen, gate, session',
    ],
  ])('a broken gov.config.yaml: %s', (_name, text, message) => {
    writeTree(root, { 'gov.config.yaml': text });
    for (const args of [['check'], ['codegen'], ['wp', 'status', 'WP-1-Session-Spawn-Contract-v1']]) {
      const { code, err } = gov(root, args);
      expect({ args, code }).toEqual({ args, code: 2 });
      expect(err).toContain(message);
    }
  });
});

describe('machines get an answer too', () => {
  it('a wrong call with --json', () => {
    const { code, out, err } = gov(root, ['wp', 'status', 'no-id', '--json']);
    expect({ code, err }).toEqual({ code: 2, err: '' });
    expect(JSON.parse(out)).toEqual({
      schema: 'govkit.error@1',
      error: { kind: 'usage', message: expect.stringContaining('"no-id" is no work-packet id') },
    });
  });

  it('a tree that stops a command with --json', () => {
    rmSync(join(root, '.GOV/spec/Handshake_Master_Spec_v02.137.md'));
    const { code, out } = gov(root, ['spec', 'list', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      schema: 'govkit.findings@1',
      stats: {},
      findings: [{ rule: 'spec/missing' }],
      summary: { error: 1, warning: 0, info: 0, baselined: 0 },
    });
  });
});

describe('what is there is kept', () => {
  const REFINEMENT = '.GOV/refinements/WP-1-Session-Spawn-Contract-v1.md';
  const refine = () => gov(root, ['wp', 'refine', 'WP-1-Session-Spawn-Contract-v1']);

  beforeEach(() => {
    repositoryIn(root);
  });

  it('a refinement is written once, and what somebody wrote in it stays', () => {
    expect(refine().code).toBe(0);
    const edited = readFileSync(join(root, REFINEMENT), 'utf8').replace('<fill', 'NONE <fill');
    writeTree(root, { [REFINEMENT]: edited });
    const again = refine();
    expect(again.code).toBe(0);
    expect(again.out).toMatch(new RegExp(`^nothing to do · ${REFINEMENT} is recorded\n`));
    expect(readFileSync(join(root, REFINEMENT), 'utf8')).toBe(edited);
    expect(readdirSync(join(root, '.GOV/ledger/WP-1-Session-Spawn-Contract-v1'))).toHaveLength(1);
  });

  it.each([
    ['invalid UTF-8', Buffer.from([0x70, 0xff]), 'Unexpected byte 0xff, expected UTF-8\n'],
    ['an empty file', Buffer.from(''), 'Unexpected empty file, expected a refinement\n'],
  ])('%s at its place is not replaced, and nothing is recorded', (_name, data, message) => {
    writeTree(root, { [REFINEMENT]: data });
    const { code, out } = refine();
    expect([code, out]).toEqual([1, expect.stringContaining(`wp/refused  ${message}`)]);
    expect(out).toContain('refused · 1 precondition unmet, nothing written\n');
    expect(readFileSync(join(root, REFINEMENT))).toEqual(data);
    expect(existsSync(join(root, '.GOV/ledger'))).toBe(false);
  });

  it('a step outside a repository is a wrong call', () => {
    rmSync(join(root, '.git'), { recursive: true });
    expect(refine()).toEqual({
      code: 2,
      out: '',
      err: `gov: ${root} is no git repository, and a step needs one (git init)\n`,
    });
  });

  it('a link that leads nowhere is not replaced', () => {
    mkdirSync(join(root, '.GOV/refinements'));
    symlinkSync(join(root, 'nowhere'), join(root, REFINEMENT));
    expect(refine().code).toBeGreaterThan(0);
    expect(readlinkSync(join(root, REFINEMENT))).toBe(join(root, 'nowhere'));
  });

  it('codegen --out . writes here and nowhere else', () => {
    const { code, out } = gov(root, ['codegen', '--out', '.', '--overlay', '.GOV/spec/overlay.yaml']);
    expect(code).toBe(0);
    expect(out).toContain('typescript  .  wrote types.ts, events.ts, index.ts\n');
    expect(readFileSync(join(root, 'types.ts'), 'utf8')).toContain('export');
  });

  it('codegen --out "" is a wrong call', () => {
    expect(gov(root, ['codegen', '--out', ''])).toMatchObject({
      code: 2,
      err: 'gov: Unexpected empty path, expected a file or folder\n',
    });
  });
});
