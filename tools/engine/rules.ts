/** What a scenario run may report beside the rules of its event log. */
export const SCENARIO_RULES: readonly { id: string; summary: string; docs: string; severity: 'error' }[] = [
  [
    'message/no-artifact',
    'The content of a message is an artifact that exists (INV-SESS-002).',
    'Content is stored once, under its hash, and messages point to it. A message that points to nothing has no content that anybody could check.',
  ],
  [
    'scenario/expectation',
    'A step of a scenario ends as the scenario expects.',
    'A scenario says what should happen, so that a run shows whether it did. The message names the step, what was expected and what came.',
  ],
  [
    'scenario/invalid',
    'A scenario is YAML of the form in schemas/scenario.schema.json, and its names lead somewhere.',
    'A step that cannot be read, or that names a session which no step makes, was not run; a run without it proves something else. schemas/scenario.schema.json describes the form.',
  ],
  [
    'session/replay',
    'The state of a session is the one that its events tell.',
    'The state that is stored and the state that the events tell are one, or one of them is wrong: what is shown to people would differ from what is recorded.',
  ],
  [
    'span/open',
    'A session that has ended has no open span (D-38).',
    'An open span of a session that has ended has no duration: it is missing from every sum, and looks like work that still goes on.',
  ],
].map(([id, summary, docs]) => ({ id: id!, summary: summary!, docs: docs!, severity: 'error' }));
