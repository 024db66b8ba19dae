import { runScenario, type ScenarioOptions, type ScenarioResult } from '../engine/index.ts';
import { governanceOf } from './admission.ts';

export interface Played {
  result: ScenarioResult;
  /** Wall time of the run alone. */
  milliseconds: number;
}

/** Runs a scenario behind this tree's own gate: its packets, its roles, its configuration. */
export async function playScenario(
  root: string,
  scenario: { text: string; file: string; db: string; spec?: string },
  watched: Pick<ScenarioOptions, 'clock' | 'signal' | 'onProgress'> = {},
): Promise<Played> {
  const governance = await governanceOf(root, scenario.spec);
  const started = performance.now();
  const result = await runScenario(scenario.text, {
    ...governance,
    ...watched,
    store: `sqlite:${scenario.db}`,
    file: scenario.file,
  });
  return { result, milliseconds: performance.now() - started };
}
