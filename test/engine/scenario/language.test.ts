import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../../tools/engine/index.ts';
import { TreeError } from '../../../tools/findings/index.ts';
import { events } from '../../../tools/generated/index.ts';
import { whole } from './scene.ts';

/** The finding of a scenario that cannot be read, as a terminal shows it. */
function told(text: string): string {
  try {
    parseScenario(text, 'demo.yaml');
    return 'nothing';
  } catch (error) {
    if (!(error instanceof TreeError)) throw error;
    const { place, message } = error.finding;
    return `${place.file}:${place.line}:${place.column} ${message}`;
  }
}

const script = 'scripts:\n  lead:\n';
const done = `${script}    - complete: {}\n`;

describe('a scenario that is wrong says where, what it expected, and what was probably meant', () => {
  it.each([
    [
      'an unknown step',
      `${script}    - complet: {}\n`,
      '7:7 scripts.lead.0: Unexpected key "complet", expected one of say, tool, spawn, usage, sleep, wait, turn, fail, hang, garbage, complete (nearest: complete)',
    ],
    [
      'an unknown key of a step',
      `${script}    - say: { tetx: hello }\n`,
      '7:14 scripts.lead.0.say: Unexpected key "tetx", expected one of text, chunks, ms, tokens, cost_usd, ignore_signal (nearest: text)',
    ],
    [
      'two steps in one',
      `${script}    - { sleep: 1, turn: {} }\n`,
      '7:7 scripts.lead.0: Unexpected a mapping, expected one of say, tool, spawn, usage, sleep, wait, turn, fail, hang, garbage, complete',
    ],
    [
      'text and chunks',
      `${script}    - say: { text: a, chunks: [b] }\n`,
      '7:12 scripts.lead.0.say: Unexpected a mapping, expected either text or chunks',
    ],
    [
      'another thing to wait for',
      `${script}    - wait: forever\n`,
      '7:13 scripts.lead.0.wait: Unexpected "forever", expected children, input, or { child, announcements }',
    ],
    [
      'another kind of garbage',
      `${script}    - garbage: chunks\n`,
      '7:16 scripts.lead.0.garbage: Unexpected "chunks", expected one of outcome, chunk, usage, spawn, tool (nearest: chunk)',
    ],
    [
      'a word for a number',
      `${done}limits:\n  max_spawn_depth: deep\n`,
      '9:20 limits.max_spawn_depth: Unexpected "deep", expected a number',
    ],
    ['a number too small', `${done}seed: -1\n`, '8:7 seed: Unexpected -1, expected at least 0'],
    [
      'a wrong time',
      `${done}start: today\n`,
      '8:8 start: Unexpected "today", expected a time such as 2026-01-01T00:00:00Z',
    ],
    [
      'no sessions',
      `sessions: []\n${done}`,
      '3:11 sessions: Unexpected an empty list, expected at least 1 of them',
    ],
    [
      'a name that is none',
      `sessions:\n  - { as: 1st, role: R, script: lead }\n${done}`,
      '4:11 sessions.0.as: Unexpected "1st", expected a name of letters, digits, - and _ that begins with a letter',
    ],
    [
      'a missing key',
      `sessions:\n  - { as: a, script: lead }\n${done}`,
      '4:5 sessions.0.role: Unexpected nothing, expected text',
    ],
    [
      'an unknown action',
      `${done}actions:\n  - { at: 1, do: cancle, session: lead }\n`,
      '9:18 actions.0.do: Unexpected "cancle", expected one of cancel, pause, resume, close, send, approve, enqueue, spawn, consent, revoke, crash, recover (nearest: cancel)',
    ],
    [
      'an unknown expectation',
      `${done}expect:\n  state: { lead: COMPLETED }\n`,
      '9:3 expect: Unexpected key "state", expected one of states, reasons, events, refused, announced, cancelled, ended, dispatched, mail, unread, threads, simulated_ms (nearest: states)',
    ],
    [
      'an unknown event',
      `${done}expect:\n  events: { FR-EVT-SESS-099: 1 }\n`,
      `9:13 expect.events: Unexpected key "FR-EVT-SESS-099", expected one of ${Object.keys(events).length} that are known (nearest: FR-EVT-SESS-001)`,
    ],
  ])('%s', (_, text, message) => {
    expect(told(whole(text))).toBe(`demo.yaml:${message}`);
  });

  it.each([
    [
      'an unknown script',
      'sessions:\n  - { as: a, role: R, script: laed }\nscripts:\n  lead: []\n',
      '4:31 sessions.0.script: Unexpected script "laed", expected lead',
    ],
    [
      'an unknown script of a child',
      `${script}    - spawn: { as: a, role: R, script: led }\n`,
      '7:40 scripts.lead.0.spawn.script: Unexpected script "led", expected lead',
    ],
    [
      'an unknown session',
      `${script}    - spawn: { as: builder, role: R }\nactions:\n  - { at: 1, do: cancel, session: bulider }\n`,
      '9:35 actions.0.session: Unexpected session "bulider", expected one of lead, builder (nearest: builder)',
    ],
    [
      'an unknown sender',
      `${done}actions:\n  - { at: 1, do: send, session: lead, from: x }\n`,
      '9:45 actions.0.from: Unexpected session "x", expected lead',
    ],
    [
      'an unknown session of an expectation',
      `${done}expect:\n  states: { leader: COMPLETED }\n`,
      '9:21 expect.states.leader: Unexpected session "leader", expected lead',
    ],
    [
      'an unknown session in an order',
      `${done}expect:\n  ended: [lead, x]\n`,
      '9:17 expect.ended.1: Unexpected session "x", expected lead',
    ],
    [
      'an unknown writer',
      `${done}expect:\n  mail: { lead: [x] }\n`,
      '9:18 expect.mail.lead.0: Unexpected session "x", expected lead',
    ],
    [
      'a child that another script spawns',
      `${script}    - wait: { child: a }\n`,
      '7:22 scripts.lead.0.wait.child: Unexpected child "a", expected a spawn before it',
    ],
    [
      'one name for two sessions',
      `${script}    - spawn: { as: lead, role: R }\n`,
      '7:20 scripts.lead.0.spawn.as: Unexpected second session called "lead", expected a name of its own',
    ],
    [
      'a script that nothing plays',
      `${done}  other: [turn: {}]\n`,
      '8:10 scripts.other: Unexpected script "other", which nothing plays, expected a session or a spawn that names it',
    ],
    [
      'nothing that runs and nothing that is expected',
      'scripts: { lead: [] }\n',
      '5:10 scripts: Unexpected scenario that runs nothing and expects nothing, expected a step, an action or an expectation',
    ],
  ])('%s', (_, text, message) => {
    expect(told(whole(text))).toBe(`demo.yaml:${message}`);
  });

  it('what is no YAML, or an alias of nothing', () => {
    expect(told(`${whole(done)}  : [`)).toMatch(/^demo\.yaml:8:\d+ Unexpected YAML: /);
    expect(told(whole('scripts: *nowhere\n'))).toMatch(/^demo\.yaml:\d+:\d+ Unexpected YAML: /);
    expect(told('')).toBe('demo.yaml:1:1 Unexpected null, expected a mapping');
  });

  it('an expectation, an action or a step makes a scenario', () => {
    expect(told(whole('scripts: { lead: [] }\nexpect: { ended: [] }\n'))).toBe('nothing');
    expect(told(whole('scripts: { lead: [] }\nactions: [{ at: 1, do: recover }]\n'))).toBe('nothing');
    expect(told(whole(done))).toBe('nothing');
  });

  it('the same name twice in one script is the same request', () => {
    const twice = '    - spawn: { as: a, role: R }\n    - spawn: { as: a, role: R }\n';
    expect(told(whole(script + twice))).toBe('nothing');
  });
});
