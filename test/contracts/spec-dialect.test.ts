import { describe, expect, it } from 'vitest';
import { readYamlBlock } from '../../tools/contracts/dialects/yaml.ts';
import { CODEGEN_RULES, emit, generate } from '../../tools/contracts/index.ts';
import { readAnswers } from '../../tools/contracts/overlay/answers.ts';
import { KINDS, readOverlay } from '../../tools/contracts/overlay/overlay.ts';
import { readOwn, specOf } from './spec-fixture.ts';

const PAGE = 'docs/spec-dialect.md';
const page = readOwn(PAGE);

interface Block {
  info: string;
  text: string;
  line: number;
}

const blocks: Block[] = [...page.matchAll(/^```(\w+(?: \w+)?)\n([\s\S]*?)^```$/gm)].map((match) => ({
  info: match[1]!,
  text: match[2]!,
  line: page.slice(0, match.index).split('\n').length,
}));

const withInfo = (info: string) =>
  blocks.flatMap((block, at) =>
    block.info === info ? [[`line ${block.line}`, block.text, at] as [string, string, number]] : [],
  );
const specWith = (text: string) => specOf(`## 1.2 Shapes\n\n\`\`\`yaml\n${text}\`\`\`\n`);
const read = (text: string) => readYamlBlock(specWith(text).blocks[0]!);

describe('docs/spec-dialect.md', () => {
  it.each(withInfo('yaml'))('the block of %s is of the grammar', (_, text) => {
    const { schema, diagnostics } = read(text);
    expect([schema, diagnostics]).toEqual([true, []]);
  });

  it.each(withInfo('yaml bad'))('the block of %s is told as the page says', (_, text, at) => {
    const said = read(text).diagnostics.map(({ finding }) => `${finding.rule}: ${finding.message}\n`);
    expect(blocks[at + 1]).toMatchObject({ info: 'text', text: said.join('') });
  });

  it.each(withInfo('yaml data'))('the block of %s is no schema', (_, text) => {
    expect(read(text)).toMatchObject({ schema: false, diagnostics: [] });
  });

  it.each(withInfo('ts generated'))('the code of %s is generated from the block above it', (_, text, at) => {
    const source = blocks.slice(0, at).findLast(({ info }) => info === 'yaml')!;
    const { ir } = generate(specWith(source.text));
    expect(emit(ir, { target: 'typescript' })[0]!.text).toContain(text);
  });

  it('the interface of an event is read as it says', () => {
    const [[, text]] = withInfo('ts') as [[string, string, number]];
    const { ir } = generate(specOf(`## 1.2 Shapes\n\n\`\`\`ts\n${text}\`\`\`\n`));
    expect(ir.events).toMatchObject([
      {
        frId: 'FR-EVT-DOOR-004',
        type: 'door_forced',
        payload: [
          { name: 'door_id', type: { kind: 'prim', name: 'uuid' } },
          { name: 'force', presence: 'optional', nullable: true },
          { name: 'tools', type: { kind: 'array' } },
          { name: 'marks', type: { kind: 'map' } },
        ],
      },
    ]);
  });

  it('the table of fields is read as it says', () => {
    const [[, text]] = withInfo('md') as [[string, string, number]];
    expect(generate(specOf(text)).ir.types).toMatchObject([
      {
        kind: 'record',
        name: 'Lock',
        fields: [
          { name: 'lock_id', type: { kind: 'prim', name: 'uuid' }, presence: 'required' },
          { name: 'note', type: { kind: 'prim', name: 'string' }, presence: 'optional' },
        ],
      },
    ]);
  });

  it.each(withInfo('yaml overlay'))('the overlay of %s can be read', (_, text) => {
    const { entries, findings } = readOverlay({ path: PAGE, text }, undefined);
    expect([findings, readAnswers(entries).findings, entries.length]).toEqual([[], [], 5]);
  });

  it('every kind of answer has its row, and every rule that is named exists', () => {
    for (const kind of KINDS) expect(page).toMatch(new RegExp(`^\\| \`${kind}\``, 'm'));
    const known = CODEGEN_RULES.map(({ id }) => id);
    for (const [rule] of page.matchAll(/codegen\/[a-z-]+/g)) expect(known).toContain(rule);
  });

  it('its types are the ones that the grammar has', () => {
    const row = /^\| primitive type \| (.*?) \|/m.exec(page)?.[1] ?? '';
    const named = [...row.matchAll(/`(\w+)`/g)].map(([, name]) => name!);
    expect(named).toHaveLength(8);
    for (const name of named) expect(read(`A:\n  a: ${name}\n`).diagnostics).toEqual([]);
  });
});
