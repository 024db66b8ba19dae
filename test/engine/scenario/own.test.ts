import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runScenario } from '../../../tools/engine/index.ts';

const folder = join(import.meta.dirname, '..', '..', '..', '.GOV', 'scenarios');
const files = readdirSync(folder);

describe('.GOV/scenarios', () => {
  it.each(files)('%s expects what comes', async (file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const { violations } = await runScenario(text, { file, unboundSessions: 'allow' });
    expect(violations.map(({ message }) => message)).toEqual([]);
  });
});
