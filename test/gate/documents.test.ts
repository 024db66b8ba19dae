import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCall } from '../../tools/cli/args.ts';
import { commands } from '../../tools/cli/table.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const recipes = new Set(
  [
    ...`${read('templates/gov.just')}\n${read('justfile')}`.matchAll(/^([a-z][a-z-]*)(?: [^:\n]*)?:(?!=)/gm),
  ].map(([, name]) => name!),
);

/** Stubs are upstream's words, and the Master Spec says what is to be. */
const documents = readdirSync(join(root, '.GOV'), { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.md') && !/^(?:task_packets\/stubs|spec)\//.test(name));

/** `gov …` and `just …` in code spans and in fences, which is where a reader takes commands from. */
function callsIn(text: string): string[] {
  const spans = [...text.matchAll(/`((?:gov|just) [^`\n]+)`/g)].map(([, call]) => call!);
  const fences = [...text.matchAll(/^```\w*\n(.*?)^```/gms)].flatMap(([, block]) => block!.split('\n'));
  return [...spans, ...fences.map((line) => line.trim()).filter((line) => /^(?:gov|just) /.test(line))];
}

function exists(call: string): boolean {
  const [program, ...words] = call.split(/\s+/);
  return program === 'just' ? recipes.has(words[0]!) : parseCall(words, commands).command !== undefined;
}

describe('governance documents', () => {
  it.each([
    ['gov check', true],
    ['gov wp status WP-1-Demo-v1', true],
    ['gov wp approve WP-1-Demo-v1', false],
    ['just gov-check', true],
    ['just create-task-packet WP-1-Demo-v1', false],
  ])('%s: %s', (call, there) => {
    expect(exists(call)).toBe(there);
  });

  it.each(documents)('%s orders nothing that does not exist', (name) => {
    expect(callsIn(read(`.GOV/${name}`)).filter((call) => !exists(call))).toEqual([]);
  });

  it('the protocol orders something', () => {
    const calls = callsIn(read('.GOV/roles/orchestrator/ORCHESTRATOR_PROTOCOL.md'));
    expect(new Set(calls.map((call) => call.split(' ').slice(0, 2).join(' '))).size).toBeGreaterThan(4);
  });

  it('none calls a document rendered that people keep', () => {
    for (const name of documents)
      expect([name, read(`.GOV/${name}`)]).toEqual([
        name,
        expect.not.stringMatching(/rendered from|do not edit/i),
      ]);
  });
});
