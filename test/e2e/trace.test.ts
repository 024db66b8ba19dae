import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { gov } from '../support/gov.ts';
import { governedFiles, governedRepository, SPEC } from '../support/governed.ts';
import { LOCK, resultsOf, TEST } from '../trace/demo.ts';

const clause = '- **INV-SPAWN-001:** Depth is bounded.';
const spec = `${governedFiles()[SPEC]!}\n## 1.3 Limits\n\n${clause}\n`;
const test = "it('INV-SPAWN-001: the fourth level is refused', () => {});\n";
const config = 'trace:\n  results: [tests.json]\n  require: [INV-SPAWN-*]\n';

it('a renamed test turns the gate red, also beside its old result; changed words do, until they are accepted', () => {
  const repository = governedRepository({ [SPEC]: spec, [TEST]: test, 'gov.config.yaml': config });
  const { root } = repository;
  const trace = (...args: string[]) => gov(root, ['trace', ...args]);
  const rules = () => JSON.parse(trace('--json').out).findings.map(({ rule }: { rule: string }) => rule);
  expect([trace().code, rules()]).toEqual([1, ['trace/not-run']]);

  const ran = [[['INV-SPAWN-001: the fourth level is refused'], 'passed']] as const;
  repository.write({
    'tests.json': resultsOf(
      ran.map(([titles, status]) => [[...titles], status]),
      join(root, TEST),
    ).text,
  });
  expect(trace().out).toContain('INV-SPAWN-*  1 of 1 verified');
  expect(trace().code).toBe(0);
  // A runner writes where a link leads, and the root may be named by the link.
  symlinkSync(root, `${root} by link`);
  expect(gov(root, ['trace', '--root', `${root} by link`]).code).toBe(0);

  repository.write({ [TEST]: test.replace('INV-SPAWN-001: the', 'the') });
  expect([trace().code, rules()]).toEqual([1, ['trace/untraced']]);
  repository.write({ [TEST]: test });

  expect(trace('INV-SPAWN-001', '--accept').out).toBe(
    `accepted  INV-SPAWN-001\n${LOCK} written: 1 line changed\nnext   git add ${LOCK}\n`,
  );
  repository.write({
    [SPEC]: spec.replace('bounded.\n', 'three.\n').replace('Depth is bounded', 'Depth is three'),
  });
  expect([trace().code, rules()]).toEqual([1, ['trace/suspect']]);
  expect(trace('INV-SPAWN-001').out).toContain('next   gov trace INV-SPAWN-001 --accept');
  expect(trace('INV-SPAWN-*', '--accept').code).toBe(0);
  expect(trace().code).toBe(0);
  expect(readFileSync(join(root, LOCK), 'utf8').split('\n')).toHaveLength(7);

  const wrong = (...args: string[]) => {
    const { code, err } = trace(...args);
    return [code, err];
  };
  expect(wrong('--results', 'none.json')).toEqual([
    2,
    'gov: none.json: no such file (expected the JSON of vitest or jest)\n',
  ]);
  expect(wrong('--state', 'green')[0]).toBe(2);
  expect(wrong('INV-NONE-*')).toEqual([
    2,
    'gov: gov trace INV-NONE-*: Unexpected pattern that matches no clause, expected one such as INV-SPAWN-* or WP-1-X-v1/AC-*\n',
  ]);
  expect(wrong('--accept')[0]).toBe(2);
});
