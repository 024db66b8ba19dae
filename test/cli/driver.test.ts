import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { driverSettings } from '../../tools/cli/hooks/driver.ts';
import { temporaryRepository } from '../support/repository.ts';

const SCRIPT = `require('node:fs').writeFileSync('said', JSON.stringify(process.argv.slice(2)));\n`;

it.each<[name: string, bundle: string, document: string]>([
  ['plain names', 'gov.js', 'docs/TASK_BOARD.md'],
  ['names that a shell would take apart', "it's 100% $HOME `x`/gov.js", "it's $HOME; `x` 100%.md"],
])('the driver starts the bundle on the document, with %s', (_, bundle, document) => {
  const { root, git, commit } = temporaryRepository();
  commit({ [bundle]: SCRIPT, '.gitattributes': '*.md merge=govkit\n', [document]: 'a\n' });
  git('switch', '--quiet', '--create', 'other');
  commit({ [document]: 'a\nb\n' });
  git('switch', '--quiet', 'main');
  commit({ [document]: 'c\na\n' });
  for (const [key, value] of Object.entries(driverSettings(bundle))) git('config', '--local', key, value);
  git('merge', '--quiet', '--no-edit', 'other');
  const said = JSON.parse(readFileSync(join(root, 'said'), 'utf8')) as string[];
  expect(said.slice(0, 4)).toEqual(['hooks', 'merge', '--marker-size=7', '--']);
  expect(said).toHaveLength(8);
  expect(said[7]).toBe(document);
});
