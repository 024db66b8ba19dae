import { beforeEach, describe, expect, it } from 'vitest';
import { gov } from '../support/gov.ts';
import { BOARD, boardWith, governedRepository } from '../support/governed.ts';
import type { Repository } from '../support/repository.ts';

const CONFIG = 'gov.config.yaml';
const BASELINE = '.GOV/baseline.json';
const STUB = '.GOV/task_packets/stubs/WP-1-Demo-v1.md';
let repository: Repository;

beforeEach(() => {
  repository = governedRepository();
});

const check = (...args: string[]) => {
  const { code, out, err } = gov(repository.root, ['check', ...args]);
  return { code, said: `${out}${err}` };
};
const stage = (files: Record<string, string>): void => {
  repository.write(files);
  repository.git('add', '--all');
};

// The ways in which a commit is judged: as it is staged, and once it is there.
const WAYS = [
  ['staged', () => check('--staged')],
  [
    'since',
    () => {
      repository.git('commit', '--quiet', '--message', 'x');
      return check('--changed-since', 'HEAD~1');
    },
  ],
] as const;

describe.each(WAYS)('nobody loosens the policy that judges his own change (%s)', (_, judged) => {
  it.each([
    ['a rule is silenced', 'check:\n  rules:\n    board/unknown-token: "off"\n'],
    ['the document is ignored', 'check:\n  ignore: [".GOV/roles_shared/TASK_BOARD.md"]\n'],
    ['the board stands elsewhere', 'layout:\n  globs:\n    board: ["boards/*.md"]\n'],
  ])('%s', (__, config) => {
    stage({ [CONFIG]: config, [BOARD]: boardWith('NONSENSE') });
    const { code, said } = judged();
    expect(said).toContain('board/unknown-token');
    expect(said).toMatch(/gov\.config\.yaml differs from (?:HEAD|the merge base): that of/);
    expect(code).toBe(1);
  });

  it('what the new configuration would find wrong counts too', () => {
    stage({ [CONFIG]: 'check:\n  ignore: [".GOV/task_packets/**"]\n' });
    const { code, said } = judged();
    expect(said).toContain('registry/file-missing');
    expect(code).toBe(1);
  });

  it('a layout under which no spec is found is no clean one', () => {
    stage({ [CONFIG]: 'layout:\n  preset: june\n' });
    const { code, said } = judged();
    expect(said).toContain('spec/missing');
    expect(code).toBe(1);
  });

  it.each([
    ['a broken configuration', CONFIG, 'check: [\n', /gov\.config\.yaml:2:1: /],
    ['a broken baseline', BASELINE, '{\n', /\.GOV\/baseline\.json/],
  ])('%s would fail everybody after it', (__, path, text, message) => {
    if (path === BASELINE) {
      check('--baseline');
      repository.git('add', '--all');
      repository.git('commit', '--quiet', '--message', 'adopt');
    }
    stage({ [path]: text });
    const { code, said } = judged();
    expect(said).toMatch(message);
    expect(code).toBe(2);
  });

  it('another path for the baseline adopts nothing anew', () => {
    stage({ [BOARD]: boardWith('NONSENSE') });
    check('--baseline');
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--message', 'adopt');
    stage({ [STUB]: '# Task Packet Stub\n', [CONFIG]: 'check:\n  baseline: .GOV/other.json\n' });
    check('--baseline');
    repository.git('rm', '--quiet', '--cached', BASELINE);
    repository.git('add', '--all');
    const { code, said } = judged();
    expect(said).toContain('stub/section-missing');
    expect(code).toBe(1);
  });
});

describe('what git may show is what a clone would get', () => {
  it('git replace hides nothing from the gate', () => {
    const broken = boardWith('NONSENSE');
    repository.write({ 'broken.md': broken });
    const blob = repository.git('hash-object', '-w', 'broken.md');
    repository.git('replace', blob, repository.git('rev-parse', `HEAD:${BOARD}`));
    repository.git('update-index', '--cacheinfo', `100644,${blob},${BOARD}`);
    expect(check('--staged')).toMatchObject({
      code: 1,
      said: expect.stringContaining('board/unknown-token'),
    });
  });
});
