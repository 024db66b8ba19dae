import { describe, expect, it } from 'vitest';
import { printOrchestratorGates, readOrchestratorGates } from '../../tools/artifacts/index.ts';
import { fileOf, textAt } from './memory.ts';

const at = '2026-02-24T02:47:07.000Z';
const events = [
  { wpId: 'WP-1-A-v1', type: 'REFINEMENT', data: 'what it is about', timestamp: at, turn_token: 'dhkcw' },
  { wpId: 'WP-1-A-v1', type: 'SIGNATURE', signature: 'ilja240220260346', timestamp: at },
  {
    wpId: 'WP-1-B-v1',
    type: 'REFINEMENT',
    refinement_path: '.GOV/refinements/WP-1-B-v1.md',
    spec_target_resolved: 'S -> Demo_Spec_v02.137.md',
    spec_target_sha1: '0'.repeat(40),
    timestamp: at,
    turn_token: '1771773666131',
  },
  {
    wpId: 'WP-1-B-v1',
    type: 'SIGNATURE',
    signature: 'ilja240220260346',
    timestamp: at,
    refinement_path: 'x',
  },
  {
    wpId: 'WP-1-B-v1',
    type: 'PREPARE',
    coder_id: 'Coder-1',
    branch: 'feat/B',
    worktree_dir: '../wt-B',
    timestamp: at,
    nobody_knows: { this: ['key'] },
  },
];
const text = JSON.stringify({ gate_logs: events, version: 2 }, null, 2);
const file = fileOf('ORCHESTRATOR_GATES.json', text);
const gates = readOrchestratorGates(file);

describe('readOrchestratorGates', () => {
  it('reads both shapes of an event', () => {
    expect(gates.events.map(({ type, legacy }) => [type, legacy])).toEqual([
      ['REFINEMENT', true],
      ['SIGNATURE', true],
      ['REFINEMENT', false],
      ['SIGNATURE', false],
      ['PREPARE', false],
    ]);
    expect(gates.events[4]).toMatchObject({ coderId: 'Coder-1', branch: 'feat/B', time: Date.parse(at) });
  });

  it('keeps every key, with the place of its value', () => {
    expect(gates.content).toEqual({ gate_logs: events, version: 2 });
    for (const [index, { entry, place }] of gates.events.entries()) {
      expect(JSON.parse(textAt(file, place))).toEqual(events[index]);
      for (const { key, node } of entry.members()) {
        expect(textAt(file, key.place)).toBe(JSON.stringify(key.text));
        expect(JSON.parse(textAt(file, node.place))).toEqual(entry.at(key.text)?.value);
      }
    }
  });

  it('what is no evidence is passed over, at the value that makes it so', () => {
    const { findings, events: read } = readOrchestratorGates(
      fileOf(
        'G.json',
        `{"gate_logs": [\n{"wpId": "a", "type": "b", "timestamp": "whenever"},\n3,\n{"wpId": 3, "type": "b", "timestamp": "${at}"},\n {"wpId": "a"}]}`,
      ),
    );
    expect(read).toEqual([]);
    expect(findings.map(({ place, rule }) => `${place.line}:${place.column} ${rule}`)).toEqual([
      '2:41 artifact/malformed',
      '3:1 artifact/malformed',
      '4:10 artifact/malformed',
      '5:2 artifact/malformed',
    ]);
  });

  it.each([
    ['[]', '1:1'],
    ['{}', '1:1'],
    ['{"gate_logs": {}}', '1:15'],
  ])('%s is no log', (content, place) => {
    const { findings } = readOrchestratorGates(fileOf('G.json', content));
    expect(findings.map((each) => `${each.place.line}:${each.place.column} ${each.message}`)).toEqual([
      `${place} Unexpected content, expected {"gate_logs": [...]}`,
    ]);
  });
});

describe('printOrchestratorGates', () => {
  it('unchanged: its bytes; with an event: the two-space form without a final line end', () => {
    expect(printOrchestratorGates(gates)).toBe(text);
    const content = { gate_logs: [...events, { ...events[4], coder_id: 'Coder-2' }], version: 2 };
    const printed = printOrchestratorGates({ ...gates, content });
    expect(printed).toBe(JSON.stringify(content, null, 2));
    const back = readOrchestratorGates(fileOf(gates.path, printed));
    expect(back.events.map(({ coderId }) => coderId).slice(4)).toEqual(['Coder-1', 'Coder-2']);
  });

  it('a log that cannot be read is given back, and not written over', () => {
    const broken = readOrchestratorGates(fileOf('G.json', text.slice(0, 300)));
    expect(printOrchestratorGates(broken)).toBe(text.slice(0, 300));
    expect(() => printOrchestratorGates({ ...broken, content: { gate_logs: [] } })).toThrow(
      'Unexpected end of the file, expected',
    );
  });
});
