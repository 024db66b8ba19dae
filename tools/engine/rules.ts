/** What a scenario run may report beside the rules of its event log. */
export const SCENARIO_RULES: readonly { id: string; summary: string; severity: 'error' }[] = [
  ['message/no-artifact', 'The content of a message is an artifact that exists (INV-SESS-002).'],
  ['scenario/expectation', 'A step of a scenario ends as the scenario expects.'],
  [
    'scenario/invalid',
    'A scenario is YAML of the form in schemas/scenario.schema.json, and its names lead somewhere.',
  ],
  ['session/replay', 'The state of a session is the one that its events tell.'],
  ['span/open', 'A session that has ended has no open span (D-38).'],
].map(([id, summary]) => ({ id: id!, summary: summary!, severity: 'error' }));
