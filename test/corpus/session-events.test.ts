// The keys that our events have, held against an independent count of the spec, not against samples of our own.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runScenario } from '../../tools/engine/index.ts';
import { events } from '../../tools/generated/index.ts';
import { ROOT } from '../contracts/spec-fixture.ts';

const ROWS = `${ROOT}../shared/research/spec-events.tsv`;

describe.runIf(existsSync(ROWS))('the session events of a run', () => {
  const rows = existsSync(ROWS) ? readFileSync(ROWS, 'utf8').trimEnd().split('\n').slice(1) : [];
  const expected = new Map(
    rows
      .map((row) => row.split('\t'))
      .filter(([id, , form]) => id!.startsWith('FR-EVT-SESS-') && form === 'yaml pseudo-schema')
      .map(([id, type, , , , fields]) => [
        id!,
        {
          type,
          keys: fields!
            .split(',')
            .map((key) => key.trim().replace('[]', ''))
            .sort(),
        },
      ]),
  );

  it('there are fourteen, under the ids and types that the count names', () => {
    expect(expected.size).toBe(14);
    expect(
      Object.keys(events)
        .filter((id) => id.startsWith('FR-EVT-SESS-'))
        .sort(),
    ).toEqual([...expected.keys()].sort());
  });

  it('each of them is emitted with exactly the keys that the count names', async () => {
    const text = readFileSync(`${ROOT}.GOV/scenarios/delegation.yaml`, 'utf8');
    const { log } = await runScenario(text, { unboundSessions: 'allow' });
    const seen = new Map<string, Set<string>>();
    for (const event of log) {
      const shape = JSON.stringify({ type: event.type, keys: Object.keys(event.payload).sort() });
      seen.set(event.fr_event_id, (seen.get(event.fr_event_id) ?? new Set()).add(shape));
    }
    for (const [id, shape] of expected)
      expect([id, ...(seen.get(id) ?? [])]).toEqual([id, JSON.stringify(shape)]);
  });

  it('FR-EVT-007 has every key that the count calls required, and none that it does not know', async () => {
    const [fields] = rows
      .map((row) => row.split('\t'))
      .filter(([id, type]) => id === 'FR-EVT-007' && type === 'tool_call')
      .map((row) => row[5]!);
    const keys = fields!
      .replace(/\{[^{}]*\}/g, '')
      .split(';')
      .map((field) => /^\s*(\w+)(\??):/.exec(field))
      .filter((match) => match !== null);
    const required = keys.filter(([, , optional]) => optional === '').map(([, key]) => key);
    expect(keys.length).toBeGreaterThan(15);
    const text = readFileSync(`${ROOT}.GOV/scenarios/delegation.yaml`, 'utf8');
    const { log } = await runScenario(text, { unboundSessions: 'allow' });
    const tools = log.filter((event) => event.fr_event_id === 'FR-EVT-007');
    expect(tools.length).toBeGreaterThan(5);
    for (const tool of tools) {
      const own = Object.keys({ ...tool.payload, trace_id: tool.trace_id });
      expect(required.filter((key) => !own.includes(key!))).toEqual([]);
      expect(own.filter((key) => !keys.some(([, known]) => known === key))).toEqual([]);
    }
  });
});
