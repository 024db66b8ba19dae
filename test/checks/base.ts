import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildIndex, type SpecIndex, specFileOf } from '../../tools/spec/index.ts';

const base = join(import.meta.dirname, 'base');

export const STUB = '.GOV/task_packets/stubs/WP-1-Demo-v1.md';
export const BOARD = '.GOV/roles_shared/TASK_BOARD.md';
export const REGISTRY = '.GOV/roles_shared/WP_TRACEABILITY_REGISTRY.md';
export const SPEC = 'Demo_Spec_v02.137.md';

export function readBase(name: string): string {
  return readFileSync(join(base, name), 'utf8');
}

/** A small tree in which nothing is wrong: one stub with one anchor, on the board and in the registry. */
export function baseFiles(): Record<string, string> {
  return {
    [STUB]: readBase('stub.md'),
    [BOARD]: readBase('board.md'),
    [REGISTRY]: readBase('registry.md'),
  };
}

/** One of its sections stands in a template on purpose; what the spec reports of that is tested in test/spec. */
export function baseSpec(): SpecIndex {
  return { ...buildIndex(SPEC, [specFileOf(SPEC, readFileSync(join(base, 'spec.md')))]), findings: [] };
}
