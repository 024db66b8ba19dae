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

/** The same, and what `gov init` writes into another repository. */
function everyDocument(): { name: string; text: string }[] {
  const templates = readdirSync(join(root, 'templates/tree'), { recursive: true, encoding: 'utf8' })
    .map((name) => `templates/tree/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.md'));
  return [...documents.map((name) => `.GOV/${name}`), ...templates].map((name) => ({
    name,
    text: read(name),
  }));
}

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
    ['gov wp grant WP-1-Demo-v1', false],
    ['just gov-check', true],
    ['just make-task-packet WP-1-Demo-v1', false],
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

  it('none has people keep what the tool writes', () => {
    for (const { name, text } of everyDocument())
      expect([name, text]).toEqual([
        name,
        expect.not.stringMatching(/kept by hand|rows? (?:are|is) (?:added|kept) by/i),
      ]);
  });

  it.each(everyDocument().filter(({ name }) => name.startsWith('templates/')))(
    '$name orders nothing that does not exist',
    ({ text }) => {
      expect(callsIn(text).filter((call) => !exists(call))).toEqual([]);
    },
  );
});

describe('the template of a stub', () => {
  const shape = (text: string): string[] =>
    text
      .slice(text.indexOf('# Work Packet Stub:'))
      .split('\n')
      .flatMap((line) => /^(?:#+ [A-Z_ /a-z()]+|\s*- [A-Za-z_ ()]+:|- \[ \] .*)/.exec(line)?.[0] ?? [])
      .map((line) =>
        line.replaceAll('{{FOLDER}}', '.GOV').replaceAll('{{PACKET_FOLDER}}', '.GOV/task_packets'),
      )
      .map((line) => line.replaceAll('{{WP_ID}}', '{WP_ID}'));

  it('asks for what gov wp stub writes, section by section and field by field', () => {
    const own = shape(read('templates/stub.md'));
    expect(own.length).toBeGreaterThan(25);
    expect(shape(read('templates/tree/templates/TASK_PACKET_STUB_TEMPLATE.md'))).toEqual(own);
  });
});
