import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { READER_RULES, RULES } from '../../tools/checks/index.ts';
import { CODEGEN_RULES, CONTRACT_RULES } from '../../tools/contracts/index.ts';
import { SCENARIO_RULES } from '../../tools/engine/index.ts';
import { GATE_RULES } from '../../tools/gate/index.ts';
import { CHAIN_RULES, LOG_READER_RULES, LOG_RULES } from '../../tools/recorder/index.ts';
import { SPEC_RULES } from '../../tools/spec/index.ts';
import { TRACE_RULES } from '../../tools/trace/index.ts';

const tools = join(import.meta.dirname, '..', '..', 'tools');

function sources(room: string): string {
  const files = readdirSync(join(tools, room), { recursive: true, encoding: 'utf8' });
  return files
    .filter((name) => name.endsWith('.ts') && !/(?:^|[\\/])(?:rules|reader-rules|registry)\.ts$/.test(name))
    .map((name) => readFileSync(join(tools, room, name), 'utf8'))
    .join('\n');
}

/** Ids in the sources of a room: `rule: 'wp/unknown'`, and in contracts the first word of `finding('unknown-root', …`. */
function emitted(room: string, pattern: RegExp, prefix = ''): string[] {
  return [...new Set([...sources(room).matchAll(pattern)].map((match) => `${prefix}${match[1]}`))].sort();
}

// Also the second of `rule: late ? 'a/b' : 'a/c'`.
const RULE = /(?<=\brule: [^\n]*)'([a-z-]+\/[a-z0-9-]+)'/g;
// A rule in a file of its own.
const ID = /\bid: '([a-z-]+\/[a-z0-9-]+)'/g;
const CALL = /\b(?:finding\(|told\(|report\(\s*[\w.]+,)\s*'([a-z0-9-]+)'/g;

// A change is told with its id as an argument.
const CHANGE = /'(contract\/[a-z-]+)'/g;
// A violation is noted with its id as an argument.
const VIOLATION = /'([a-z]+\/[a-z-]+)'/g;
// The engine also names models (`local/model`), so here its families are listed.
const SCENARIO = /'((?:message|scenario|session|span)\/[a-z-]+)'/g;
// By the state of a clause.
const TRACE = /'(trace\/[a-z-]+)'/g;

const logRules = [...CHAIN_RULES, ...LOG_READER_RULES, ...LOG_RULES].sort((a, b) => (a.id < b.id ? -1 : 1));
// The engine proves what only a database and its archives can hold, under rules of the chain.
const stored = ['engine/store', 'engine/archive']
  .flatMap((room) => emitted(room, VIOLATION))
  .filter((id) => id.startsWith('log/'));
const recorded = [...new Set([...emitted('recorder', VIOLATION), ...stored])].sort();

describe('gov explain knows every rule that a room reports, and no other', () => {
  it.each([
    ['artifacts', emitted('artifacts', RULE), READER_RULES],
    ['contracts', emitted('contracts', CALL, 'codegen/'), CODEGEN_RULES],
    ['contracts/diff', emitted('contracts/diff', CHANGE), CONTRACT_RULES],
    ['gate', emitted('gate', RULE), GATE_RULES],
    ['spec', [...emitted('spec', RULE), ...emitted('spec/lint', ID)].sort(), SPEC_RULES],
    ['recorder', recorded, logRules],
    ['engine', emitted('engine', SCENARIO), SCENARIO_RULES],
    ['trace', emitted('trace', TRACE), TRACE_RULES],
    ['checks/rules', emitted('checks/rules', ID), RULES],
  ])('%s', (_, found, listed) => {
    expect(found.length).toBeGreaterThan(1);
    expect(listed.map(({ id }) => id)).toEqual(found);
  });

  it('no id has two owners, and each has a sentence', () => {
    const all = [
      ...RULES,
      ...READER_RULES,
      ...CODEGEN_RULES,
      ...CONTRACT_RULES,
      ...GATE_RULES,
      ...SPEC_RULES,
      ...logRules,
      ...SCENARIO_RULES,
      ...TRACE_RULES,
    ];
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const { id, summary } of all)
      expect([id, summary]).toEqual([
        expect.stringMatching(/^[a-z-]+\/[a-z0-9-]+$/),
        expect.stringMatching(/\.$/),
      ]);
  });
});
