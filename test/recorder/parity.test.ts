import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { events } from '../../tools/generated/index.ts';
import { eventClasses } from '../../tools/recorder/index.ts';
import { samples } from './samples/index.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const found = (text: string, pattern: RegExp): string[] =>
  [...new Set([...text.matchAll(pattern)].map((match) => match[1]!))].sort();

/** Every source file below a folder. */
const sources = (folder: string): string =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => read(join(folder, name)))
    .join('\n');

const registered = Object.keys(events).sort();
const quoted = /'(FR-EVT-[A-Z0-9-]*(?:\d{3}|RECOVERY))'/g;

describe('F20: one list of events', () => {
  it.each<[string, () => string[]]>([
    [
      'the schemas of the registry',
      () => found(read('tools/generated/events.ts'), /fr_event_id: z\.literal\('(.+)'\)/g),
    ],
    [
      'the generated types',
      () => found(read('tools/generated/events.ts'), /^ {2}'(FR-EVT-\S+)': \w+Payload;$/gm),
    ],
    [
      'schemas/recorder-event.schema.json',
      () => found(read('schemas/recorder-event.schema.json'), /"const": "(FR-EVT-.+)"/g),
    ],
    ['the payload types', () => found(read('tools/generated/events.ts'), /^ \* (FR-EVT-\S+) \S+$/gm)],
    ['docs/contracts/events.md', () => found(read('docs/contracts/events.md'), /^### (FR-EVT-\S+)$/gm)],
    ['the emitters, with those of others', () => found(read('test/kernel/emitters.test.ts'), quoted)],
    ['the classes', () => Object.keys(eventClasses).sort()],
    ['the samples', () => samples.map(({ id }) => id).sort()],
  ])('%s: the same ids as in the registry', (_, list) => {
    expect(list()).toEqual(registered);
  });

  it('what the kernel names as an event is registered', () => {
    const named = found(sources('tools/kernel'), quoted);
    expect(named.length).toBeGreaterThan(14);
    expect(named.filter((id) => !registered.includes(id))).toEqual([]);
  });

  it('each event of the session chapter is named by the kernel: none is registered and never emitted', () => {
    const named = found(sources('tools/kernel'), quoted);
    const ofSessions = registered.filter((id) => id.startsWith('FR-EVT-SESS'));
    expect(ofSessions).toHaveLength(14);
    expect(ofSessions.filter((id) => !named.includes(id))).toEqual([]);
  });

  it('each id has one type, and each type one id', () => {
    const types = Object.values(events).map(({ type }) => type);
    expect(new Set(types).size).toBe(registered.length);
  });
});
