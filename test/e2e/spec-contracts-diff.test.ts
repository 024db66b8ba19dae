import { describe, expect, it } from 'vitest';
import { specDiffSchema } from '../../tools/cli/schemas/spec-diff.ts';
import { gov, type Result } from '../support/gov.ts';
import { type Repository, temporaryFolder, temporaryRepository, writeTree } from '../support/repository.ts';

const SPEC = '.GOV/spec/Acme_Master_Spec_v01.02.md';
const ACCEPTED = '.GOV/spec/accepted-breaks.yaml';
const POINTER = {
  '.GOV/spec/SPEC_CURRENT.md':
    'The current authoritative Master Specification is **Acme_Master_Spec_v01.02.md**\n',
};
/** Line 6 is the first field of Job. */
const spec = (...fields: string[]): string =>
  `# Acme\n\n## 1.1 Jobs\n\n\`\`\`yaml\nJob:\n${fields.map((field) => `  ${field}\n`).join('')}\`\`\`\n`;
const BEFORE = spec('id: uuid', 'lane: string', 'depth: int # default 3');
const AFTER = spec('id: uuid', 'track: string', 'depth: number # default 3');
const entry = (rule: string, path: string, expires: string): string =>
  `  - rule: contract/${rule}\n    name: Job\n    path: ${path}\n    reason: nobody reads it\n    by: ilja\n    expires: '${expires}'\n`;
const accepts = (...entries: string[]): Record<string, string> => ({
  [ACCEPTED]: `schema: govkit.accepted-breaks@1\naccepted:\n${entries.join('')}`,
});

/** The spec on main, another one on the branch `work`, while main went on. */
function branched(files: Record<string, string> = {}): Repository & { base: string } {
  const made = temporaryRepository();
  const base = made.commit({ ...POINTER, [SPEC]: BEFORE });
  made.git('switch', '--quiet', '--create', 'work');
  made.commit({ [SPEC]: AFTER, ...files });
  made.git('switch', '--quiet', 'main');
  made.commit({ [SPEC]: spec('id: uuid', 'lane: string', 'depth: int # default 3', 'owner: string') });
  made.git('switch', '--quiet', 'work');
  return { ...made, base };
}

const diff = (root: string, ...args: string[]): Result => gov(root, ['spec', 'diff', ...args]);

describe('without an argument: the work tree against the merge base with the base branch', () => {
  it('what this branch changed, not what main did since; the first break leads on', () => {
    const { root, base, git } = branched();
    const { code, out, err } = diff(root);
    expect([code, err]).toEqual([0, '']);
    const short = base.slice(0, 7);
    const lines = out.split('\n').map((line) => line.replace(/sha256 [0-9a-f]{12}$/, 'sha256 …'));
    expect(lines).toEqual([
      `v01.02  ${short}:${SPEC}  sha256 …`,
      `v01.02  ${SPEC}  sha256 …`,
      `the work tree against its merge base with main (${short})`,
      'SAME 1 · MOVED 0 · CHANGED 1 · RENUMBERED 0 · GONE 0 · NEW 0',
      '',
      'BREAKING 2 changes of contracts: 1 for producers, 2 for consumers',
      `  ${SPEC}:8  Job.lane  contract/field-renamed  producers and consumers`,
      '      lane: string → track: string',
      `  ${SPEC}:9  Job.depth  contract/field-widened  consumers`,
      '      int, default 3 → number, default 3',
      '',
      'CHANGED 1 section, 1 (!) in obligations, identifiers or schemas',
      `  ${SPEC}:8  ! 1.1 Jobs  +2 −2`,
      '      + track: string',
      '',
      'next   gov explain contract/field-renamed',
      '',
    ]);
    // The remote says which branch is the base.
    git('update-ref', 'refs/remotes/origin/trunk', base);
    git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk');
    expect(diff(root).out.split('\n')[2]).toBe(
      `the work tree against its merge base with origin/HEAD (${short})`,
    );
  });

  it('an overlay that is another one there is a difference too', () => {
    const { root, git, write, commit } = temporaryRepository();
    const overlay = (type: string): string =>
      `schema: govkit.overlay@1\nanswers:\n  - section: '1.1'\n    quote: '  lane: Lane'\n    define: Lane\n    alias: ${type}\n`;
    const config = 'codegen: { overlay: .GOV/spec/overlay.yaml }\n';
    const text = spec('id: uuid', 'lane: Lane');
    commit({ ...POINTER, [SPEC]: text, 'gov.config.yaml': config, '.GOV/spec/overlay.yaml': overlay('int') });
    expect(git('status', '--porcelain')).toBe('');
    write({ '.GOV/spec/overlay.yaml': overlay('number') });
    const report = specDiffSchema.parse(JSON.parse(diff(root, '--json').out));
    expect(report.types.map(({ rule, name, from, to }) => [rule, name, from, to])).toEqual([
      ['contract/alias-changed', 'Lane', 'int', 'number'],
    ]);
    // An answer that the old text does not have is a note, and no failure.
    write({
      [SPEC]: spec('id: uuid', 'lane: Lane # which one'),
      '.GOV/spec/overlay.yaml': overlay('int').replace('lane: Lane', 'lane: Lane # which one'),
    });
    const { code, out } = diff(root, `HEAD:${SPEC}`);
    expect(code).toBe(0);
    expect(out).toContain(
      'NOTES\n  .GOV/spec/overlay.yaml: 1 answer not used for v01.02, whose lines are others (--json lists them)\n',
    );
  });

  it('a shallow clone says what it cannot prove', () => {
    const { root } = branched();
    const clone = temporaryRepository();
    clone.git(
      'fetch',
      '--quiet',
      '--depth=1',
      `file://${root}`,
      'work:work',
      'main:refs/remotes/origin/main',
    );
    clone.git('switch', '--quiet', 'work');
    const { code, out, err } = diff(clone.root, '--check');
    expect({ code, out, err }).toEqual({
      code: 2,
      out: '',
      err: 'gov: cannot prove what is new: origin/main and HEAD have no commit in common here, and this clone is shallow (git fetch --unshallow brings the rest); or name what to compare with: gov spec diff A\n',
    });
  });
});

describe('a revision is the spec in force at that commit', () => {
  it('a branch, two of them, a tag, and a file beside one', () => {
    const { root, git, base } = branched();
    git('tag', 'begin', base);
    const told = (...args: string[]): string[] => {
      const { types } = specDiffSchema.parse(JSON.parse(diff(root, ...args, '--json').out));
      return types.map(({ change, path }) => `${change} ${path}`);
    };
    const own = ['field-renamed lane', 'field-widened depth'];
    expect(told('main')).toEqual([...own, 'field-removed owner']);
    expect(told('main~1', 'main')).toEqual(['field-added-required owner']);
    expect(told('begin')).toEqual(own);
    expect(told('HEAD~1', SPEC)).toEqual(own);
  });

  it('a commit without a spec, and what is no revision', () => {
    const { root, commit } = temporaryRepository();
    commit({ 'README.md': 'x' });
    commit({ ...POINTER, [SPEC]: BEFORE });
    expect(diff(root, 'HEAD~1').err).toBe(
      'gov: HEAD~1: no spec in force at this revision, expected a SPEC_CURRENT.md that names one\n',
    );
    expect(diff(root, 'nosuch').err).toBe(
      'gov: nosuch: no such file or revision, expected FILE, DIR, REV, REV:PATH or a glob · versions at hand: v01.02\n',
    );
  });
});

describe('--check', () => {
  it('fails on what breaks, with the line of the spec and the entry that would accept it', () => {
    const { root, base } = branched();
    const { code, out, err } = diff(root, '--check');
    expect([code, err]).toEqual([1, '']);
    expect(out.split('\n').slice(2)).toEqual([
      `the work tree against its merge base with main (${base.slice(0, 7)})`,
      '',
      SPEC,
      '  8:1  error    contract/field-renamed  Unexpected renamed field Job.lane (lane: string → track: string), expected nothing that breaks producers and consumers',
      '  9:1  error    contract/field-widened  Unexpected widened field Job.depth (int, default 3 → number, default 3), expected nothing that breaks consumers',
      '',
      '2 errors, 0 warnings · 2 changes of contracts, 0 accepted',
      `to accept the first, in ${ACCEPTED} under "accepted":`,
      '  - rule: contract/field-renamed',
      '    name: Job',
      '    path: lane',
      '    from: v01.02',
      '    reason: WHY',
      '    by: WHO',
      '    expires: YYYY-MM-DD',
      'next   gov explain contract/field-renamed',
      '',
    ]);
  });

  it('a branch that leaves the spec alone has nothing to answer for, whatever the version before was', () => {
    const { root, git, commit } = temporaryRepository();
    commit({ ...POINTER, [SPEC]: AFTER, '.GOV/spec/Acme_Master_Spec_v01.01.md': BEFORE });
    git('switch', '--quiet', '--create', 'work');
    commit({ 'README.md': 'x' });
    const { code, out } = diff(root, '--check');
    expect([code, out.split('\n').at(-2)]).toEqual([
      0,
      'clean for producers and consumers · 0 changes of contracts, 0 accepted',
    ]);
    expect(diff(root).out.split('\n')[0]).toContain('v01.01');
  });

  it('--for narrows whom it may not break; nothing broken is said', () => {
    const { root, write } = branched(accepts(entry('field-renamed', 'lane', '2999-12-31')));
    expect(diff(root, '--check', '--for', 'consumer').code).toBe(1);
    const { code, out } = diff(root, '--check', '--for', 'producer');
    expect([code, out.split('\n').at(-2)]).toEqual([
      0,
      'clean for producers · 2 changes of contracts, 1 accepted',
    ]);
    // Of two revisions the tree of the new one accepts, and not the work tree.
    write({ [ACCEPTED]: 'schema: govkit.accepted-breaks@1\naccepted: []\n' });
    expect(diff(root, 'HEAD~1', 'HEAD', '--check', '--for', 'producer').code).toBe(0);
    expect(diff(root, '--check', '--for', 'producer').code).toBe(1);
  });

  it('what is accepted passes and stays visible; what expired counts again, with the line of its entry', () => {
    const { root, write } = branched();
    write(
      accepts(entry('field-renamed', 'lane', '2999-12-31'), entry('field-widened', 'depth', '2999-12-31')),
    );
    expect(diff(root, '--check').code).toBe(0);
    expect(diff(root).out).toContain(
      `ACCEPTED 2 changes of contracts\n  ${SPEC}:8  Job.lane  contract/field-renamed  producers and consumers\n      accepted until 2999-12-31 (${ACCEPTED}:3): nobody reads it\n`,
    );
    write(
      accepts(entry('field-renamed', 'lane', '2999-12-31'), entry('field-widened', 'depth', '2026-01-31')),
    );
    const { code, out } = diff(root, '--check');
    expect(code).toBe(1);
    expect(out).toContain(
      `Unexpected widened field Job.depth (int, default 3 → number, default 3), expected nothing that breaks consumers; its acceptance (${ACCEPTED}:9) expired on 2026-01-31\n`,
    );
  });

  it('accepted breaks that cannot be read fail it by themselves, each with its line', () => {
    const { root } = branched(
      accepts(entry('field-renamed', 'lane', '2999-12-31'), entry('field-widened', 'depth', 'soon')),
    );
    const { code, out } = diff(root, '--check', '--for', 'producer');
    expect(code).toBe(1);
    expect(out).toContain(
      `${ACCEPTED}\n  9:1  error    contract/accepted-invalid  Unexpected expires "soon", expected a day such as 2027-01-31\n`,
    );
    expect(diff(root, '--for', 'producer').code).toBe(0);
  });

  it('--json has all of it, by its schema, and the same exit code', () => {
    const { root } = branched(
      accepts(entry('field-renamed', 'lane', '2999-12-31'), entry('field-removed', 'size', '2999-12-31')),
    );
    const { code, out } = diff(root, '--check', '--json');
    expect(code).toBe(1);
    const report = specDiffSchema.parse(JSON.parse(out));
    expect(report.types).toEqual([
      {
        name: 'Job',
        path: 'lane',
        change: 'field-renamed',
        rule: 'contract/field-renamed',
        breaking: { producer: true, consumer: true },
        from: 'lane: string',
        to: 'track: string',
        place: { file: SPEC, line: 8 },
        was: { file: SPEC, line: 8 },
        accepted: { reason: 'nobody reads it', by: 'ilja', expires: '2999-12-31', file: ACCEPTED, line: 3 },
      },
      {
        name: 'Job',
        path: 'depth',
        change: 'field-widened',
        rule: 'contract/field-widened',
        breaking: { producer: false, consumer: true },
        from: 'int, default 3',
        to: 'number, default 3',
        place: { file: SPEC, line: 9 },
        was: { file: SPEC, line: 9 },
      },
    ]);
    expect(report.findings.map(({ rule, severity, place }) => `${severity} ${rule} ${place.line}`)).toEqual([
      'info contract/field-renamed 8',
      'error contract/field-widened 9',
      'info contract/accepted-unused 9',
    ]);
  });

  it('--anchor narrows it; wrong calls are refused', () => {
    const root = temporaryFolder();
    writeTree(root, {
      'a_Spec_v1.1.md': `${BEFORE}\n## 1.2 Notes\n\nNone.\n`,
      'b_Spec_v1.2.md': `${AFTER}\n## 1.2 Notes\n\nNone.\n`,
    });
    const check = (...args: string[]): Result =>
      diff(root, 'a_Spec_v1.1.md', 'b_Spec_v1.2.md', '--root', root, '--check', ...args);
    expect(check('--anchor', '1.1').code).toBe(1);
    expect(check('--anchor', '1.2').code).toBe(0);
    expect(check('--for', 'nobody').err).toBe('gov: --for nobody: expected producer or consumer\n');
    expect(check('--patch').err).toBe('gov: --check and --patch exclude each other\n');
  });
});
