import { describe, expect, it } from 'vitest';
import {
  hindranceOf,
  isKnown,
  isWorkedOn,
  openPackets,
  packetInForce,
  packetStage,
  takenOverBy,
  workPackets,
} from '../../tools/artifacts/index.ts';
import { BOARD, REGISTRY } from '../checks/base.ts';
import { treeOf } from './memory.ts';

const packet = (id: string, status?: string): Record<string, string> => ({
  [`.GOV/task_packets/${id}.md`]: `# Task Packet: ${id}\n${status === undefined ? '' : `\n- **Status:** ${status}\n`}`,
});
const stub = (id: string): Record<string, string> => ({
  [`.GOV/task_packets/stubs/${id}.md`]: `# Work Packet Stub: ${id}\n`,
});
const board = (...lines: string[]): Record<string, string> => ({ [BOARD]: `${lines.join('\n')}\n` });
const registry = (...rows: string[]): Record<string, string> => ({
  [REGISTRY]: [
    '| Base WP ID | Active Packet | Task Board | Notes |',
    '|---|---|---|---|',
    ...rows.map((row) => `| WP-1-A | ${row} |`),
  ].join('\n'),
});

const A = 'WP-1-A-v1';
const FILE = `.GOV/task_packets/${A}.md`;

describe('packetStage', () => {
  it.each<[name: string, stage: string, files: Record<string, string>]>([
    ['a stub alone', 'none', { ...stub(A), ...board(`- **[${A}]** - [STUB]`) }],
    ['a state that has not ended', 'open', { ...packet(A, 'Done'), ...board(`- **[${A}]** - [BLOCKED]`) }],
    ['bare under Ready for Dev', 'open', { ...packet(A), ...board('## Ready for Dev', `- **[${A}]**`) }],
    [
      'an end, whatever the packet says',
      'done',
      { ...packet(A, 'In Progress'), ...board(`- **[${A}]** - [FAIL]`) },
    ],
    ['SUPERSEDED', 'superseded', { ...packet(A, 'Ready for Dev'), ...board(`- **[${A}]** - [SUPERSEDED]`) }],
    [
      'two ends',
      'done',
      { ...packet(A), ...board(`- **[${A}]** - [SUPERSEDED]`, `- **[${A}]** - [VALIDATED]`) },
    ],
    [
      'an end and none',
      'open',
      { ...packet(A), ...board(`- **[${A}]** - [VALIDATED]`, `- **[${A}]** - [IN_PROGRESS]`) },
    ],
    [
      'a line under Active beside an end',
      'done',
      {
        ...packet(A),
        ...board('## Active', `- **[${A}]** - [ACTIVE]`, '## Done', `- **[${A}]** - [VALIDATED]`),
      },
    ],
    [
      'a line under Active alone',
      'open',
      { ...packet(A, 'Done'), ...board('## Active', `- **[${A}]** - [ACTIVE]`) },
    ],
    ['[STUB]: the packet speaks', 'done', { ...packet(A, 'Done'), ...board(`- **[${A}]** - [STUB]`) }],
    [
      'an unknown token: the registry speaks',
      'done',
      { ...packet(A), ...board(`- **[${A}]** - [BANANA]`), ...registry(`${FILE} | Done: ${A} | -`) },
    ],
    [
      'the registry, without a board',
      'open',
      { ...packet(A, 'Done'), ...registry(`${FILE} | In Progress: ${A} | -`) },
    ],
    [
      'a row that says nothing',
      'done',
      { ...packet(A, 'Done'), ...board(''), ...registry(`${FILE} | - | -`) },
    ],
    [
      'a row that replaces it',
      'superseded',
      { ...packet(A), ...board(''), ...registry(`.GOV/task_packets/WP-1-A-v2.md | - | supersedes: ${A}`) },
    ],
    ['in neither', 'unlisted', { ...packet(A, 'Ready for Dev'), ...board('# Task Board') }],
    ['where there is neither', 'open', { ...packet(A, 'almost'), ...stub('WP-1-B-v1') }],
    ['where there is neither, superseded', 'superseded', { ...packet(A, 'SUPERSEDED') }],
  ])('%s: %s', async (_, stage, files) => {
    const tree = await treeOf(files);
    expect(packetStage(tree, workPackets(tree).get(A)!)).toBe(stage);
    expect(openPackets(tree).map(({ id }) => id)).toEqual(stage === 'open' ? [A] : []);
  });

  it.each<[at: string, worked: boolean, files: Record<string, string>]>([
    ['IN_PROGRESS', true, { ...packet(A), ...board(`- **[${A}]** - [IN_PROGRESS]`) }],
    [
      'a line under Active',
      true,
      {
        ...packet(A),
        ...board('## Active', `- **[${A}]** - [ACTIVE]`, '## Blocked', `- **[${A}]** - [BLOCKED]`),
      },
    ],
    ['READY_FOR_DEV', false, { ...packet(A, 'In Progress'), ...board(`- **[${A}]** - [READY_FOR_DEV]`) }],
    ['its own status', true, { ...packet(A, 'In-Progress'), ...board('') }],
    ['no packet', false, { ...stub(A), ...board(`- **[${A}]** - [IN_PROGRESS]`) }],
  ])('worked on by %s: %s', async (_, worked, files) => {
    const tree = await treeOf(files);
    expect(isWorkedOn(workPackets(tree).get(A)!)).toBe(worked);
  });
});

describe('what is in force', () => {
  const files = {
    ...packet('WP-1-A'),
    ...packet('WP-1-A-v2'),
    ...stub('WP-1-A-v1'),
    ...board('- **[WP-1-A]** - [SUPERSEDED]', '- **[WP-1-A-v2]** - [IN_PROGRESS]'),
    ...registry('.GOV/task_packets/WP-1-A-v2.md | - | -'),
  };

  it.each(['WP-1-A', 'WP-1-A-v1', 'WP-1-A-v2', 'WP-1-A-v9'])('%s: the packet of the row', async (id) => {
    const tree = await treeOf(files);
    expect([packetInForce(tree, id)?.stem, isKnown(tree, id)]).toEqual(['WP-1-A-v2', true]);
    expect(hindranceOf(tree, id)).toMatchObject({ said: '[IN_PROGRESS]' });
  });

  it('a stub is taken over by the later revision, which is taken over by none', async () => {
    const tree = await treeOf(files);
    const of = (id: string) => takenOverBy(tree, workPackets(tree).get(id)!)?.id;
    expect([of('WP-1-A-v1'), of('WP-1-A-v2')]).toEqual(['WP-1-A-v2', undefined]);
  });

  it.each([
    ['- **[WP-1-A-v1]** - [VALIDATED]', undefined],
    ['- **[WP-1-A-v1]** - [VALIDATED]\n- **[WP-1-A-v1]** - [FAIL]', '[VALIDATED] and [FAIL]'],
    ['', 'not on the board'],
  ])('what hinders: %j', async (lines, said) => {
    const tree = await treeOf({ ...packet(A), ...board(lines) });
    expect(hindranceOf(tree, A)?.said).toBe(said);
  });

  it('an id without any document is not known, and has no packet', async () => {
    const tree = await treeOf({ ...packet(A), ...board('- **[WP-1-B-v1]** - [STUB]') });
    expect([isKnown(tree, 'WP-1-B-v1'), hindranceOf(tree, 'WP-1-B-v1')]).toEqual([
      false,
      { said: 'no packet' },
    ]);
  });
});
