import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const examples = join(import.meta.dirname, '..', '..', 'examples');

/** What an example prints; it has to end without a word about errors. */
function printed(name: string): string {
  const done = spawnSync(process.execPath, [join(examples, name)], { encoding: 'utf8' });
  expect({ code: done.status, err: done.stderr }).toEqual({ code: 0, err: '' });
  return done.stdout;
}

it('every example is run here', () => {
  expect(readdirSync(examples).sort()).toEqual(['delegate.mjs', 'record.mjs']);
});

it('examples/delegate.mjs runs as it stands: the child announces back, the lead completes', () => {
  expect(printed('delegate.mjs')).toMatch(
    /^spawn accepted\nspawn capability_widening\n[\s\S]*session\.announce_back\n[\s\S]*session\.completed\n$/,
  );
});

it('examples/record.mjs runs as it stands: what is right is stored, what is wrong is refused', () => {
  expect(printed('record.mjs').trimEnd().split('\n')).toEqual([
    'HSK-400-INVALID-EVENT unknown event id "FR-EVT-SESS-006"',
    'HSK-400-INVALID-EVENT FR-EVT-SESS-002: model_session_id 0190d6a0-7c1e-7a3b-8f00-0000000000c1 differs from payload.session_id 0190d6a0-7c1e-7a3b-8f00-0000000000a1',
    'HSK-400-INVALID-EVENT event_id 0190d6a0-7c1e-7a3b-8f00-000000000001 is recorded with another content',
    '1 FR-EVT-SESS-002 ',
    '2 FR-EVT-SESS-002 the provider refused: api_key=[redacted assignment]',
    '3 FR-EVT-006 ',
    'lost 0',
  ]);
});
