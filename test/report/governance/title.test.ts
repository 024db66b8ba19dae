import { expect, it } from 'vitest';
import { readPacket, readStub } from '../../../tools/artifacts/index.ts';
import { titleOf } from '../../../tools/report/governance/title.ts';
import { fileOf } from '../../artifacts/memory.ts';

const stub = (text: string) => readStub(fileOf('.GOV/task_packets/stubs/WP-1-X-v1.md', text));
const packet = (text: string) => readPacket(fileOf('.GOV/task_packets/WP-1-X-v1.md', text));

it.each([
  ['## INTENT\n- What: Spawn.\n- Why: Order.\n', 'Spawn.'],
  ['- **What:** Spawn.\n', 'Spawn.'],
  ['**What**: Spawn.  \n', 'Spawn.'],
  ['## Scope\n\n### What\nSpawn.\n', 'Spawn.'],
  ['### Executive Summary\n\nSpawn.\n\nMore.\n', 'Spawn.'],
  ['## Why this stub exists\n- To repair.\n', 'To repair.'],
  ['## User Context (Non-Technical Explainer)\nFor people.\n', 'For people.'],
  ['- What remains: nothing.\n', ''],
  ['### What\n### Why\nOrder.\n', ''],
  ['', ''],
])('%j is about %j', (text, title) => {
  expect(titleOf([stub(text)])).toBe(title);
});

it('the stub goes before the packet, and either may be absent', () => {
  expect(titleOf([stub('- What: a.\n'), packet('- What: b.\n')])).toBe('a.');
  expect(titleOf([stub(''), packet('- What: b.\n')])).toBe('b.');
  expect(titleOf([undefined, packet('- What: b.\n')])).toBe('b.');
  expect(titleOf([undefined, undefined])).toBe('');
});

it('a title of 100,000 characters is cut at 400', () => {
  const title = titleOf([stub(`- What: ${'x'.repeat(100_000)}\n`)]);
  expect(title).toBe(`${'x'.repeat(399)}…`);
});
