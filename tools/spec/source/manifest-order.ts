import { type Finding, linePlace } from '../../findings/index.ts';
import type { Stated } from './manifest-check.ts';

/** What a folder of modules is entered by. */
export interface Manifest {
  spec_version?: unknown;
  version?: unknown;
  modules?: unknown;
  reconstruction?: { module_order?: unknown } | null;
}

/** A module as the manifest lists it. */
export interface Module {
  /** Its position in `modules`. */
  at: number;
  id: unknown;
  /** As written. */
  path: string;
  /** Relative to the repository. */
  file: string;
  stated: Stated;
}

/** The line of a value of the manifest, by its path. */
export type LineOf = (path: readonly (string | number)[]) => number;

function orderOf(manifest: Manifest): unknown[] | undefined {
  const order = manifest.reconstruction?.module_order;
  return Array.isArray(order) ? order : undefined;
}

/** In the order of the reconstruction; what it does not name comes last. */
export function inOrder(manifest: Manifest, modules: readonly Module[]): Module[] {
  const order = orderOf(manifest);
  if (!order) return [...modules];
  const position = ({ id }: Module): number => (order.includes(id) ? order.indexOf(id) : order.length);
  return [...modules].sort((a, b) => position(a) - position(b));
}

/** Each module once, with an id of its own, and each of them once in the order: else text is read twice or lost. */
export function orderProblems(
  path: string,
  manifest: Manifest,
  modules: readonly Module[],
  lineOf: LineOf,
): Finding[] {
  const findings: Finding[] = [];
  const report = (at: readonly (string | number)[], found: string, expected: string): void => {
    findings.push({
      rule: 'spec/module-order',
      severity: 'error',
      place: linePlace(path, lineOf(at)),
      message: `Unexpected ${found}, expected ${expected}`,
      args: { path },
      expected,
    });
  };
  const repeats = <T>(all: readonly T[], key: (one: T) => unknown): [T, number][] =>
    all.flatMap((one, at): [T, number][] => {
      const value = key(one);
      return value !== undefined && all.findIndex((other) => key(other) === value) < at ? [[one, at]] : [];
    });
  for (const [{ id }, at] of repeats(modules, (module) => module.id))
    report(['modules', at, 'module_id'], `second module ${JSON.stringify(id)}`, 'an id of its own');
  for (const [module, at] of repeats(modules, (one) => one.file))
    report(['modules', at, 'path'], `second module at ${JSON.stringify(module.path)}`, 'each file once');
  const order = orderOf(manifest);
  if (!order) return findings;
  const inOrderList = (at: number): (string | number)[] => ['reconstruction', 'module_order', at];
  for (const [id, at] of repeats(order, (one) => one))
    report(inOrderList(at), `second ${JSON.stringify(id)} in module_order`, 'each module once');
  order.forEach((id, at) => {
    if (!modules.some((module) => module.id === id))
      report(inOrderList(at), `${JSON.stringify(id)} in module_order`, 'the module_id of a module');
  });
  for (const { id, at, path: written } of modules) {
    if (!order.includes(id))
      report(['modules', at], `module ${JSON.stringify(id ?? written)}`, 'one that module_order names');
  }
  return findings;
}
