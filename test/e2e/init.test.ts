import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { initSchema } from '../../tools/cli/schemas/init.ts';
import { gov, type Result } from '../support/gov.ts';
import { boardWith } from '../support/governed.ts';
import { BOARD, Governed, governedFiles, STUB } from '../support/hooked.ts';
import { failingAt, filesOf, killedAt, placed } from '../support/placed.ts';
import { temporaryFolder, writeTree } from '../support/repository.ts';

const project = join(import.meta.dirname, '..', '..');
const SPEC = '.GOV/spec/my_project_Master_Spec_v00.001.md';

/** An empty folder into which govkit is installed. */
function emptyFolder(): string {
  const root = join(temporaryFolder(), 'my project');
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  symlinkSync(project, join(root, 'node_modules', 'govkit'));
  return root;
}

let made: string;

beforeAll(() => {
  made = mkdtempSync(join(tmpdir(), 'gov kit '));
  mkdirSync(join(made, 'my project', 'node_modules'), { recursive: true });
  symlinkSync(project, join(made, 'my project', 'node_modules', 'govkit'));
  init(join(made, 'my project'));
});

afterAll(() => rmSync(made, { recursive: true, force: true }));

/** A copy of one in which gov init has run. */
function initialised(): string {
  const root = join(temporaryFolder(), 'my project');
  cpSync(join(made, 'my project'), root, { recursive: true, verbatimSymlinks: true });
  return root;
}

const MERGED =
  '.GOV/**/TASK_BOARD.md merge=govkit\n.GOV/**/WP_TRACEABILITY_REGISTRY.md merge=govkit\n.GOV/**/SIGNATURE_AUDIT.md merge=govkit\n';

const init = (root: string, ...args: string[]): Result => gov(root, ['init', ...args]);
const steps = (root: string, ...args: string[]) =>
  initSchema.parse(JSON.parse(init(root, ...args, '--json').out)).steps;
const read = (root: string, path: string): string => readFileSync(join(root, path), 'utf8');

describe('gov init in an empty folder', () => {
  it('makes a governed repository and says what it made', () => {
    const root = emptyFolder();
    expect(init(root)).toEqual({
      code: 0,
      err: '',
      out: `made      .git                         git init: there was none
made      .GOV                         13 files, with my_project_Master_Spec_v00.001.md
made      justfile                     just lists the recipes
made      .gitattributes               governed files keep LF
made      .gitignore                   installed packages stay out
made      .git/hooks/pre-commit        each commit is judged
made      .git/hooks/pre-merge-commit  each commit is judged
set       .git/config                  git merges board, registry and audit row by row
next   gov check
`,
    });
    expect(gov(root, ['check']).out).toMatch(/^clean · 13 files, /);
    expect(gov(root, ['spec', 'lint']).out).toMatch(/^clean · /);
    expect(gov(root, ['hooks', 'status']).code).toBe(0);
    const repo = Governed.in(root);
    repo.git('add', '--all');
    expect(repo.attempt(['commit', '-m', 'govern']).err).toMatch(/^clean · 13 staged of 13 files, /);
    expect(repo.just('gov-check')).toMatch(/^clean · 13 files, /);
  });

  it('a stub filled in from its template is clean, and one that is not is refused', () => {
    const root = initialised();
    const id = 'WP-1-First-Step-v1';
    const template = read(root, '.GOV/templates/TASK_PACKET_STUB_TEMPLATE.md');
    const stub = template
      .replaceAll('{WP_ID}', id)
      .replaceAll('{BASE_WP_ID}', 'WP-1-First-Step')
      .replace('<fill: 2026-01-31T12:00:00Z>', '2026-01-31T12:00:00Z')
      .replace('<fill: number and title of the section>', '2.1.2 Evidence')
      .replaceAll(/<fill[^>]*>/g, 'something');
    const board = '.GOV/roles_shared/TASK_BOARD.md';
    const registry = '.GOV/roles_shared/WP_TRACEABILITY_REGISTRY.md';
    const file = `.GOV/task_packets/stubs/${id}.md`;
    const backlog = '## Stub Backlog (Not Activated)\n';
    writeTree(root, {
      [file]: stub,
      [board]: read(root, board).replace(backlog, `${backlog}\n- **[${id}]** - [STUB]\n`),
      [registry]: `${read(root, registry)}| WP-1-First-Step | ${file} | Stub Backlog (Not Activated): ${id} | stub |\n`,
    });
    expect(gov(root, ['check']).out).toMatch(/^clean · 14 files, /);
    expect(gov(root, ['spec', 'resolve', '--stubs']).out).toContain('UNIQUE');

    writeTree(root, { [file]: template });
    const repo = Governed.in(root);
    repo.git('add', '--all');
    const { code, err } = repo.attempt(['commit', '-m', 'x']);
    expect(code).toBe(1);
    expect(err).toMatch(/error\s+stub\/id-mismatch/);
  });

  it('--dry-run prints the same plan and writes nothing', () => {
    const root = emptyFolder();
    const { code, out } = init(root, '--dry-run');
    expect(code).toBe(0);
    expect(out).toContain('make      .GOV                         13 files, with my_project');
    expect(filesOf(root)).toEqual({});
    expect(existsSync(join(root, '.git'))).toBe(false);
    const planned = steps(root, '--dry-run');
    expect(steps(root)).toEqual(planned);
  });

  it('changes nothing the second time, and says so', () => {
    const root = initialised();
    const before = filesOf(root);
    expect(init(root)).toMatchObject({
      code: 0,
      out: 'nothing to do: everything is there\nnext   gov check\n',
    });
    expect(filesOf(root)).toEqual(before);
  });

  it('a file that is missing again is made again, and nothing else', () => {
    const root = initialised();
    const before = filesOf(root);
    rmSync(join(root, '.GOV/roles.yaml'));
    rmSync(join(root, '.git/hooks/pre-commit'));
    expect(steps(root).map(({ action, path }) => [action, path])).toEqual([
      ['create', '.GOV/roles.yaml'],
      ['create', '.git/hooks/pre-commit'],
    ]);
    expect(filesOf(root)).toEqual(before);
    init(root, '--undo');
    expect(filesOf(root)).toEqual({});
  });
});

describe('gov init --undo', () => {
  it('takes back exactly what it made', () => {
    const repo = Governed.empty();
    const before = {
      justfile: 'build:\r\n    make\r\n',
      '.gitattributes': '*.png binary',
      '.gitignore': 'node_modules\n',
      'code.ts': '1',
    };
    repo.write(before);
    expect(init(repo.root).code).toBe(0);
    expect(init(repo.root, '--undo').code).toBe(0);
    expect(filesOf(repo.root)).toEqual(before);
    expect(existsSync(join(repo.root, '.git/hooks/pre-commit'))).toBe(false);
    expect(init(repo.root, '--undo').out).toBe('nothing to do: gov init made nothing here\n');
  });

  it('names what it left because it was changed since', () => {
    const root = initialised();
    writeTree(root, {
      [SPEC]: `${read(root, SPEC)}\n## 7.7 More\n`,
      [STUB]: governedFiles()[STUB]!,
      justfile: `${read(root, 'justfile')}\nmine:\n    @echo mine\n`,
    });
    const { code, out } = init(root, '--undo');
    expect({ code, out }).toEqual({
      code: 0,
      out: `restored  .git/config
removed   .git/hooks/pre-merge-commit
removed   .git/hooks/pre-commit
removed   .gitignore
removed   .gitattributes
left      justfile                     it was changed since
removed   .GOV                         12 files
left      ${SPEC} it was changed since
left      .git                         a repository is not taken away; remove .git if you do not want it
left      .GOV/task_packets/stubs      other files stand in it
`,
    });
    expect(Object.keys(filesOf(root))).toEqual([SPEC, STUB, 'justfile']);
  });

  it('of a file that it extended, takes out its lines wherever they stand now', () => {
    const repo = Governed.empty();
    repo.write({ justfile: 'build:\n    make\n', '.gitignore': 'node_modules\n' });
    init(repo.root);
    repo.write({ justfile: `# ours\n${read(repo.root, 'justfile')}\nlate:\n    true\n` });
    init(repo.root, '--undo');
    expect(read(repo.root, 'justfile')).toBe('# ours\nbuild:\n    make\n\nlate:\n    true\n');
  });
});

describe('gov init in an existing repository', () => {
  it('replaces no file, and extends a justfile in its own line ends', () => {
    const repo = Governed.empty();
    repo.write({ '.GOV/README.md': 'mine', justfile: 'build:\r\n    make', '.gitignore': 'node_modules\n' });
    init(repo.root);
    expect(read(repo.root, '.GOV/README.md')).toBe('mine');
    expect(read(repo.root, 'justfile')).toBe(
      "build:\r\n    make\r\n\r\nimport? 'node_modules/govkit/templates/gov.just'\r\n",
    );
    expect(repo.just('gov-check')).toMatch(/^clean · /);
    expect(repo.just('--summary')).toContain('build');
  });

  it('of a justfile with a recipe of the same name nothing is changed, and the line is told', () => {
    const repo = Governed.empty();
    const justfile = 'set shell := ["sh", "-c"]\n\n@gov-check *args: build\n    true\n\nbuild:\n    true\n';
    repo.write({ justfile });
    const left = steps(repo.root).filter(({ action }) => action === 'left');
    expect(left).toEqual([
      {
        action: 'left',
        path: 'justfile',
        why: "it has a recipe gov-check of its own; add  import? 'node_modules/govkit/templates/gov.just'  and  set allow-duplicate-recipes := true  to keep yours beside ours",
      },
    ]);
    expect(read(repo.root, 'justfile')).toBe(justfile);
    repo.write({
      justfile: `import? 'node_modules/govkit/templates/gov.just'\nset allow-duplicate-recipes := true\n${justfile}`,
    });
    expect(repo.just('--summary')).toContain('activation');
    expect(repo.just('gov-check')).toBe('');
  });

  it("somebody else's hook stays; how to chain is told", () => {
    const repo = Governed.empty();
    repo.write({ '.git/hooks/pre-commit': '#!/bin/sh\n' });
    expect(init(repo.root).out).toMatch(
      /left {6}hooks {24}\.git\/hooks\/pre-commit is somebody else's hook and stays as it is; add as its first command: /,
    );
    expect(read(repo.root, '.git/hooks/pre-commit')).toBe('#!/bin/sh\n');
  });

  it('a tree that is there gets what commands read and nothing of it serves, and no templates', () => {
    const repo = Governed.empty();
    repo.write({
      [STUB]: governedFiles()[STUB]!,
      'Old_Master_Spec_v02.9.md': '# Old\n',
      'Old_Master_Spec_v02.10.md': '# Old\n',
      '.GOV/roles_shared/records/TASK_BOARD.md': governedFiles()['.GOV/roles_shared/TASK_BOARD.md']!,
    });
    const created = steps(repo.root).filter(({ path }) => path.startsWith('.GOV'));
    expect(created.map(({ path }) => path)).toEqual([
      '.GOV/roles.yaml',
      '.GOV/roles_shared/SIGNATURE_AUDIT.md',
      '.GOV/roles_shared/SPEC_CURRENT.md',
      '.GOV/roles_shared/WP_TRACEABILITY_REGISTRY.md',
      '.GOV/baseline.json',
    ]);
    // What the new files say of the old ones is in the baseline too.
    expect(repo.gov('check').out).toMatch(/^clean · /);
    expect(read(repo.root, '.GOV/roles_shared/SPEC_CURRENT.md')).toContain('**Old_Master_Spec_v02.10.md**');
  });

  it('of files that are committed with CRLF no line ends are set', () => {
    const repo = Governed.empty();
    repo.write({ '.GOV/roles_shared/TASK_BOARD.md': '# Task Board\r\n' });
    repo.git('-c', 'core.autocrlf=false', 'add', '.GOV');
    expect(steps(repo.root)).toContainEqual({
      action: 'left',
      path: '.gitattributes',
      why: 'governed files are committed with CRLF, and eol=lf would change them',
    });
    expect(read(repo.root, '.gitattributes')).toBe(MERGED);
  });

  it.each([
    ['a remote on GitHub', (repo: Governed) => repo.git('remote', 'add', 'origin', 'git@github.com:a/b.git')],
    ['a folder .github', (repo: Governed) => repo.write({ '.github/CODEOWNERS': '* @a\n' })],
  ])('with %s the workflows are there too', (_name, prepare) => {
    const repo = Governed.empty();
    prepare(repo);
    const paths = steps(repo.root).map(({ path }) => path);
    expect(paths).toContain('.github/workflows/gov.yml');
    expect(paths).toContain('.github/workflows/gov-check.yml');
  });

  it('in a linked worktree the tree is made there, and the hooks serve all worktrees', () => {
    const repo = Governed.empty();
    repo.write({ '.gitignore': 'node_modules\n' });
    repo.git('add', '--all');
    repo.git('commit', '--quiet', '-m', 'first');
    const linked = `${repo.root} linked`;
    repo.git('worktree', 'add', '--quiet', linked, '-b', 'side');
    expect(init(linked).code).toBe(0);
    expect(existsSync(join(linked, '.GOV/roles.yaml'))).toBe(true);
    expect(existsSync(join(repo.root, '.GOV'))).toBe(false);
    expect(existsSync(join(repo.root, '.git/hooks/pre-commit'))).toBe(true);
    expect(read(linked, 'justfile')).toContain("import? 'node_modules/govkit/templates/gov.just'");
    // The branch without a tree is not held up by it.
    expect(repo.attempt(['commit', '--allow-empty', '-m', 'x']).code).toBe(0);
    expect(init(linked, '--undo').code).toBe(0);
    expect(filesOf(linked)).toEqual({ '.gitignore': 'node_modules\n' });
    expect(existsSync(join(repo.root, '.git/hooks/pre-commit'))).toBe(false);
  });
});

describe('gov init on a tree that was there before', () => {
  const BASELINE = '.GOV/baseline.json';
  const LINE = `made      ${BASELINE}           2 findings of before adopted: only others fail (gov check --baseline)\n`;
  const ATTRIBUTES =
    ['md', 'json', 'yaml'].map((ending) => `.GOV/**/*.${ending} text eol=lf\n`).join('') + MERGED;
  const legacyFiles = {
    ...governedFiles(),
    [BOARD]: boardWith('ODD'),
    '.GOV/old.md': 'A \u00c2\u00a7 sign\n',
  };

  let kept: string;

  beforeAll(() => {
    kept = mkdtempSync(join(tmpdir(), 'gov kit '));
    const repo = Governed.in(kept);
    repo.git('init', '--quiet', '--initial-branch=main');
    repo.installGovkit();
    repo.write(legacyFiles);
    commit(repo);
  });

  afterAll(() => rmSync(kept, { recursive: true, force: true }));

  /** Two findings, and no trace of govkit but the package: a copy. */
  function legacy(files: Record<string, string> = {}): Governed {
    const repo = Governed.in(join(temporaryFolder(), 'legacy'));
    cpSync(kept, repo.root, { recursive: true, verbatimSymlinks: true });
    if (Object.keys(files).length > 0) {
      repo.write(files);
      commit(repo);
    }
    return repo;
  }

  function commit(repo: Governed): void {
    repo.git('add', '--all');
    repo.git('commit', '--quiet', '-m', 'legacy');
  }

  it('takes what is wrong with it into the baseline, so that only what comes is refused', () => {
    const repo = legacy();
    expect(repo.gov('check').code).toBe(1);
    expect(init(repo.root)).toMatchObject({ code: 0, err: '', out: expect.stringContaining(LINE) });
    expect(gov(repo.root, ['check']).out).toMatch(
      /^clean · 8 files, \d+ rules, v02\.137 · 2 in the baseline · /,
    );
    repo.git('add', '--all');
    const adopted = repo.attempt(['commit', '-m', 'adopt']);
    expect(adopted.err).toMatch(/^clean · 2 staged of 8 files, /m);
    expect(adopted.code).toBe(0);

    repo.write({ [BOARD]: boardWith('ODD', 'NEW') });
    const refused = repo.attempt(['commit', '-a', '-m', 'x']);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('Unexpected state "NEW"');
    expect(refused.err).not.toContain('"ODD"');
    expect(repo.git('log', '-1', '--format=%s')).toBe('adopt');
  });

  it('writes the baseline that gov check --baseline writes', () => {
    const repo = legacy();
    init(repo.root);
    const text = read(repo.root, BASELINE);
    init(repo.root, '--undo');
    repo.gov('check', '--baseline');
    expect(read(repo.root, BASELINE)).toBe(text);
    // One that is there stays as it is.
    expect(steps(repo.root).filter(({ path }) => path === BASELINE)).toEqual([]);
    expect(read(repo.root, BASELINE)).toBe(text);
  });

  it('--dry-run tells of it, and --undo takes it back', () => {
    const repo = legacy();
    const before = filesOf(repo.root);
    const planned = steps(repo.root, '--dry-run');
    expect(planned.at(-1)).toEqual({ action: 'create', path: BASELINE, adopted: 2 });
    expect(filesOf(repo.root)).toEqual(before);
    expect(steps(repo.root)).toEqual(planned);
    expect(init(repo.root, '--undo').out).toMatch(/^removed {3}\.GOV\/baseline\.json/);
    expect(filesOf(repo.root)).toEqual(before);
  });

  it('what goes wrong later is adopted by no further run, in no clone either', () => {
    const repo = legacy();
    init(repo.root);
    repo.write({ [BOARD]: boardWith('ODD', 'NEW') });
    rmSync(join(repo.root, BASELINE));
    rmSync(join(repo.root, '.GOV/roles.yaml'));
    expect(steps(repo.root).map(({ path }) => path)).toEqual(['.GOV/roles.yaml']);
    repo.git('add', '--all');
    repo.git('commit', '--quiet', '--no-verify', '-m', 'broken');

    const clone = Governed.in(join(temporaryFolder(), 'clone'));
    repo.git('clone', '--quiet', repo.root, clone.root);
    clone.installGovkit();
    expect(steps(clone.root).map(({ path }) => path)).toEqual([
      '.git/hooks/pre-commit',
      '.git/hooks/pre-merge-commit',
      '.git/config',
    ]);
  });

  it('puts it where the configuration says', () => {
    const repo = legacy({ 'gov.config.yaml': 'check:\n  baseline: docs/known.json\n' });
    expect(steps(repo.root).at(-1)).toEqual({ action: 'create', path: 'docs/known.json', adopted: 2 });
    expect(repo.gov('check').code).toBe(0);
    init(repo.root, '--undo');
    expect(existsSync(join(repo.root, 'docs'))).toBe(false);
  });

  it('a configuration that cannot be read is one line, and nothing is changed', () => {
    const repo = legacy({ 'gov.config.yaml': 'check: 3\n' });
    const before = filesOf(repo.root);
    const { code, out, err } = init(repo.root);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^gov: gov\.config\.yaml:1:1: Unexpected value at check/);
    expect(filesOf(repo.root)).toEqual(before);
  });

  it('a tree in which nothing is wrong needs none', () => {
    const repo = legacy({ [BOARD]: boardWith(), '.GOV/old.md': 'A § sign\n' });
    expect(steps(repo.root).filter(({ adopted }) => adopted !== undefined)).toEqual([]);
    expect(existsSync(join(repo.root, BASELINE))).toBe(false);
  });

  it.each<[string, Record<string, string>, number]>([
    ['as the baseline gets its name', {}, 0],
    ['when the baseline has its name', { '.gitattributes': ATTRIBUTES }, 0],
    ['as the record is closed', { '.gitattributes': ATTRIBUTES }, 1],
  ])('a run that is killed %s leaves nothing', (_name, files, later) => {
    const repo = legacy(files);
    const before = filesOf(repo.root);
    // The record gets its name first, the baseline last; at an even number the run is killed before, else after.
    const written = steps(repo.root, '--dry-run').filter(({ action }) => action !== 'configure');
    const at = 1 + written.length + later;
    expect(killedAt(repo.root, at, ['init'])).toBe(true);
    expect(existsSync(join(repo.root, BASELINE))).toBe(at % 2 === 1 || later > 0);
    expect(init(repo.root, '--undo').code).toBe(0);
    expect(filesOf(repo.root)).toEqual(before);
    expect(read(repo.root, '.git/config')).not.toContain('govkit');
    expect(steps(repo.root).at(-1)).toEqual({ action: 'create', path: BASELINE, adopted: 2 });
  });
});

describe('where gov init cannot begin there is one line, and nothing is changed', () => {
  it('in a subfolder', () => {
    const repo = Governed.clean();
    const below = join(repo.root, '.GOV', 'spec');
    expect(init(below)).toEqual({
      code: 2,
      out: '',
      err: `gov: ${below} lies inside ${repo.root}, and a tree governs a whole repository: gov init --root '${repo.root}'\n`,
    });
  });

  it('in a folder of another repository, named with --root', () => {
    const repo = Governed.empty();
    mkdirSync(join(repo.root, 'sub'));
    expect(gov(repo.root, ['init', '--root', 'sub'])).toEqual({
      code: 2,
      out: '',
      err: `gov: ${repo.root}/sub lies inside the repository ${repo.root}, and a tree governs a whole repository: gov init --root ${repo.root}\n`,
    });
  });

  it('where the configuration names another folder', () => {
    const repo = Governed.empty();
    repo.write({ 'gov.config.yaml': 'layout:\n  folder: docs/gov\n' });
    expect(init(repo.root)).toEqual({
      code: 2,
      out: '',
      err: 'gov: gov.config.yaml names the governance folder docs/gov, and gov init makes .GOV; a tree that is there is adopted with gov check --baseline and gov hooks install\n',
    });
  });

  it.each([
    [
      'a file where a folder should be',
      (root: string) => writeTree(root, { '.GOV': 'x' }),
      '.GOV is no folder, expected a folder or nothing; nothing was changed',
    ],
    [
      'a file where a folder should be, further down',
      (root: string) => writeTree(root, { '.GOV/refinements': 'x' }),
      '.GOV/refinements is no folder, expected a folder or nothing; nothing was changed',
    ],
    [
      'a folder where a file should be',
      (root: string) => mkdirSync(join(root, '.GOV/roles.yaml'), { recursive: true }),
      '.GOV/roles.yaml is no file, expected a file or nothing; nothing was changed',
    ],
    [
      'a link that leads nowhere',
      (root: string) => symlinkSync('nowhere', join(root, '.GOV')),
      '.GOV is no folder, expected a folder or nothing; nothing was changed',
    ],
    [
      'a link that leads out',
      (root: string) => symlinkSync(temporaryFolder(), join(root, '.GOV')),
      '.GOV leads out of the repository, expected a folder; nothing was changed',
    ],
  ])('%s', (_name, prepare, line) => {
    const root = emptyFolder();
    prepare(root);
    const before = filesOf(root);
    expect(init(root)).toEqual({ code: 2, out: '', err: `gov: ${line}\n` });
    expect(filesOf(root)).toEqual(before);
    expect(existsSync(join(root, '.git'))).toBe(false);
  });

  it('in a folder that may not be written', () => {
    const { root, bundle, options } = placed();
    chmodSync(root, 0o555);
    expect(gov(root, ['init'], { ...options, bundle })).toEqual({
      code: 2,
      out: '',
      err: 'gov: cannot write .git: permission denied\n',
    });
    chmodSync(root, 0o755);
    expect(filesOf(root)).toEqual({});
  });

  it('a record that is none', () => {
    const root = initialised();
    writeFileSync(join(root, '.git/govkit/init.json'), '{"made": "everything"}');
    expect(init(root, '--undo').err).toBe(
      `gov: ${root}/.git/govkit/init.json is no record of gov init (remove it to begin anew)\n`,
    );
  });
});

describe('a run that is killed leaves nothing half', () => {
  it.each([1, 2, 10, 16, 17, 18])('at file %i: the next run, or undo, takes back what it left', (at) => {
    const [again, back] = [emptyFolder(), join(temporaryFolder(), 'my project')];
    expect(killedAt(again, at, ['init'])).toBe(true);
    expect(existsSync(join(again, '.git'))).toBe(true);
    cpSync(again, back, { recursive: true, verbatimSymlinks: true });
    const { code, out } = init(again);
    expect(code).toBe(0);
    if (at > 1)
      expect(out).toMatch(/^a run that was cut short had left something, which was taken back first\n/);
    expect(out).toContain('made      .GOV                         13 files');
    expect(filesOf(again)).toEqual(filesOf(join(made, 'my project')));
    for (const hook of ['pre-commit', 'pre-merge-commit'])
      expect(existsSync(join(again, '.git/hooks', hook))).toBe(true);
    expect(init(back, '--undo').code).toBe(0);
    expect(filesOf(back)).toEqual({});
  });

  it('a run that fails takes back only what is its own', () => {
    const root = emptyFolder();
    const { err } = failingAt(root, 6, ['init']);
    expect(err).toMatch(/^gov: cannot write \.GOV\/\S+: no space left\n$/);
    expect(filesOf(root)).toEqual({});
    expect(existsSync(join(root, '.git'))).toBe(false);
    expect(init(root).code).toBe(0);
  });
});
