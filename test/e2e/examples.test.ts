import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const examples = join(import.meta.dirname, '..', '..', 'examples');

it('examples/delegate.mjs runs as it stands: the child announces back, the lead completes', () => {
  expect(readdirSync(examples)).toEqual(['delegate.mjs']);
  const done = spawnSync(process.execPath, [join(examples, 'delegate.mjs')], { encoding: 'utf8' });
  expect({ code: done.status, err: done.stderr }).toEqual({ code: 0, err: '' });
  expect(done.stdout).toMatch(
    /^spawn accepted\nspawn capability_widening\n[\s\S]*session\.announce_back\n[\s\S]*session\.completed\n$/,
  );
});
