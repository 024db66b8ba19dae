import { runScenario, type ScenarioOptions, type ScenarioResult } from '../../../tools/engine/index.ts';

/** What every scenario says first, with one session that plays `lead`. */
const head = 'schema: govkit.scenario@1\ntitle: test\n';
const sessions = 'sessions:\n  - { as: lead, role: Orchestrator, script: lead }\n';

/** A scenario without its first lines; `sessions` only where it says nothing of them. */
export const whole = (text: string): string => head + (/^sessions:/m.test(text) ? '' : sessions) + text;

export const played = (text: string, options: ScenarioOptions = {}): Promise<ScenarioResult> =>
  runScenario(whole(text), { unboundSessions: 'allow', file: 'demo.yaml', ...options });

/** What a run did otherwise than expected. */
export const unexpected = async (text: string, options: ScenarioOptions = {}): Promise<string[]> =>
  (await played(text, options)).violations.map(({ message }) => message);
