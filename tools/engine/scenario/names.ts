import type { ActionOf } from './actions.ts';
import type { Scenario } from './language.ts';
import type { SpawnStep } from './steps.ts';
import { oneOf, shown } from './wording.ts';

/** Says what is wrong at a path; does not return. */
export type Report = (path: readonly PropertyKey[], found: string, expected: string) => never;

interface Spawned {
  path: PropertyKey[];
  step: SpawnStep;
  /** Where it stands: the same name in the same place is the same request again. */
  place: string;
}

/** Every name leads somewhere, every script is played, and something happens at all. */
export function checkNames(scenario: Scenario, report: Report): void {
  const scripts = Object.keys(scenario.scripts);
  const spawns = [...spawnedByScripts(scenario), ...spawnedByActions(scenario)];
  const played = new Set<string>();
  const play = (script: string | undefined, path: PropertyKey[]): void => {
    if (script === undefined) return;
    if (!scripts.includes(script)) report(path, `script ${shown(script)}`, oneOf(scripts, script));
    played.add(script);
  };

  const places = new Map<string, string>();
  const call = (name: string, place: string, path: PropertyKey[]): void => {
    const known = places.get(name);
    if (known !== undefined && known !== place)
      report(path, `second session called ${shown(name)}`, 'a name of its own');
    places.set(name, place);
  };

  scenario.sessions.forEach(({ as, script }, index) => {
    call(as, `sessions.${index}`, ['sessions', index, 'as']);
    play(script, ['sessions', index, 'script']);
  });
  for (const { path, step, place } of spawns) {
    call(step.as, place, [...path, 'as']);
    play(step.script, [...path, 'script']);
  }
  const sessions = [...places.keys()];
  const named = (name: string, path: PropertyKey[]): void => {
    if (!places.has(name)) report(path, `session ${shown(name)}`, oneOf(sessions, name));
  };
  checkActions(scenario, named);
  checkWaits(scenario, report);
  checkExpectations(scenario, named);
  const idle = scripts.find((script) => !played.has(script));
  if (idle !== undefined)
    report(
      ['scripts', idle],
      `script ${shown(idle)}, which nothing plays`,
      'a session or a spawn that names it',
    );
  const silent = scenario.sessions.every(({ script }) => scenario.scripts[script]!.length === 0);
  if (silent && scenario.actions.length === 0 && Object.keys(scenario.expect).length === 0)
    report(
      ['scripts'],
      'scenario that runs nothing and expects nothing',
      'a step, an action or an expectation',
    );
}

function spawnedByScripts({ scripts }: Scenario): Spawned[] {
  return Object.entries(scripts).flatMap(([script, list]) =>
    list.flatMap(({ spawn: step }, index) =>
      step ? [{ path: ['scripts', script, index, 'spawn'], step, place: `scripts.${script}` }] : [],
    ),
  );
}

function spawnedByActions({ actions }: Scenario): Spawned[] {
  return actions.flatMap((action, index) =>
    action.do === 'spawn'
      ? [{ path: ['actions', index, 'child'], step: action.child, place: `actions of ${action.session}` }]
      : [],
  );
}

type Named = (name: string, path: PropertyKey[]) => void;

function checkActions({ actions }: Scenario, named: Named): void {
  actions.forEach((action, index) => {
    if ('session' in action) named(action.session, ['actions', index, 'session']);
    if (action.do === 'consent')
      action.sessions.forEach((name, at) => {
        named(name, ['actions', index, 'sessions', at]);
      });
    const { from } = action as Partial<ActionOf<'send'>>;
    if (from !== undefined) named(from, ['actions', index, 'from']);
  });
}

/** A script waits for children of its own: it hears of no others. */
function checkWaits({ scripts }: Scenario, report: Report): void {
  for (const [script, list] of Object.entries(scripts)) {
    const children: string[] = [];
    list.forEach(({ spawn, wait }, index) => {
      if (spawn) children.push(spawn.as);
      if (typeof wait !== 'object' || children.includes(wait.child)) return;
      const path = ['scripts', script, index, 'wait', 'child'];
      report(
        path,
        `child ${shown(wait.child)}`,
        oneOf(children.length > 0 ? children : ['a spawn before it'], wait.child),
      );
    });
  }
}

function checkExpectations({ expect }: Scenario, named: Named): void {
  for (const [key, value] of Object.entries(expect)) {
    if (Array.isArray(value))
      value.forEach((name, index) => {
        named(name, ['expect', key, index]);
      });
    else if (['states', 'reasons', 'mail', 'unread', 'threads'].includes(key)) {
      for (const [name, inner] of Object.entries(value as object)) {
        named(name, ['expect', key, name]);
        if (key !== 'threads' && Array.isArray(inner))
          inner.forEach((writer, index) => {
            named(writer, ['expect', key, name, index]);
          });
      }
    }
  }
}
