import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { folderArtifacts, runScenario } from '../../../tools/engine/index.ts';
import { events } from '../../../tools/generated/index.ts';
import { sha256 } from '../../../tools/text/index.ts';
import { storeOf } from '../opened.ts';

const text = readFileSync(new URL('../../../.GOV/scenarios/delegation.yaml', import.meta.url), 'utf8');
const role = (lane: 'PRIMARY' | 'SUBAGENT' | 'VALIDATION' | 'BACKGROUND', may_spawn: string[]) => ({
  may_spawn,
  lane,
  capabilities: [],
});
const roles = {
  Orchestrator: role('PRIMARY', ['Coder', 'Validator', 'Researcher']),
  Coder: role('SUBAGENT', ['Coder', 'Researcher']),
  Validator: role('VALIDATION', ['Researcher']),
  Researcher: role('BACKGROUND', ['Researcher']),
};

describe('.GOV/scenarios/delegation.yaml', () => {
  it.each([
    ['with roles', { roles }],
    ['without roles', {}],
  ])('%s: refuses, announces and cancels what it is meant to', async (_, options) => {
    const result = await runScenario(text, { unboundSessions: 'allow', ...options });
    expect(result.violations).toEqual([]);
    expect(result.stats).toMatchObject({
      spawned: 7,
      refused: { capability_widening: 1, children_cap_reached: 1, depth_limit_exceeded: 1 },
      announced: 3,
      cascade: { cancelled: 4, skipped: 2 },
      sessions: 9,
      levels: 4,
    });
  });

  it('F01, F20: shows every session event at least once', async () => {
    const result = await runScenario(text, { unboundSessions: 'allow', roles });
    const kinds = Object.keys(events).filter((id) => id.startsWith('FR-EVT-SESS'));
    expect(kinds.filter((id) => !result.events[id])).toEqual([]);
    expect(kinds).toHaveLength(14);
  });

  it('two runs in fresh databases give the same bytes, and so does memory', async () => {
    const logs = [];
    for (const kind of ['sqlite', 'sqlite', 'memory'] as const) {
      logs.push(
        JSON.stringify((await runScenario(text, { store: storeOf(kind), unboundSessions: 'allow' })).log),
      );
    }
    expect(logs[1]).toBe(logs[0]);
    expect(logs[2]).toBe(logs[0]);
  });

  it('what a child is to do is an artifact: the text of its step, or that it plays its script', async () => {
    const store = storeOf('sqlite');
    const told = text.replace('script: parser,', 'script: parser, task: Parse what the printer printed.,');
    await runScenario(told, { store, unboundSessions: 'allow' });
    const artifacts = folderArtifacts(`${store.slice('sqlite:'.length)}.artifacts`);
    for (const task of [
      'Parse what the printer printed.\n\nscript: parser\n',
      'Play the script "printer".\n\nscript: printer\n',
    ]) {
      expect(artifacts.get(`sha256:${sha256(task)}`)).toBe(task);
    }
  });

  it('F07: what the sessions used is what their messages and reports say', async () => {
    const { log, sessions } = await runScenario(text, { unboundSessions: 'allow' });
    const scout = sessions.find((session) => session.name === 'scout');
    const completed = log.find(
      (event) => event.fr_event_id === 'FR-EVT-SESS-003' && event.model_session_id === scout?.session_id,
    );
    expect(completed?.payload).toMatchObject({ total_tokens: 5100, total_cost_usd: 0.25 });
  });

  it('an unexpected answer is a violation', async () => {
    const wrong = text.replace('expect: depth_limit_exceeded', 'expect: accepted');
    const { violations } = await runScenario(wrong, { unboundSessions: 'allow', file: 'demo.yaml' });
    const line = wrong.split('\n').findIndex((text) => text.includes('as: deeper')) + 1;
    expect(violations.map((violation) => violation.message)).toEqual([
      `demo.yaml:${line}:7 spawn of deeper: Unexpected depth_limit_exceeded, expected accepted`,
    ]);
  });
});
