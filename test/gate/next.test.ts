import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseCall } from '../../tools/cli/args.ts';
import { commands } from '../../tools/cli/table.ts';
import { nextStep } from '../../tools/gate/next.ts';

const recipes = readFileSync(join(import.meta.dirname, '..', '..', 'templates', 'gov.just'), 'utf8');

it('G39: every next step that is a command parses and exists', () => {
  let seen = 0;
  for (const step of Object.values(nextStep)) {
    const words = step('WP-1-Demo-v1').split(' ');
    if (words[0] === 'gov') {
      expect(parseCall(words.slice(1), commands).command, words.join(' ')).toBeDefined();
      seen += 1;
    } else if (words[0] === 'just') {
      expect(recipes, words.join(' ')).toMatch(new RegExp(`^${words[1]} `, 'm'));
      seen += 1;
    }
  }
  expect(seen).toBeGreaterThan(1);
});
