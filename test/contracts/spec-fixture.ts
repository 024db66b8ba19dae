import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildIndex, type CodeBlock, type SpecIndex, specFileOf } from '../../tools/spec/index.ts';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const OWN_SPEC = '.GOV/spec/Handshake_Master_Spec_v02.137.md';
export const OWN_OVERLAY = '.GOV/spec/overlay.yaml';
/** The events of our spec that TypeScript interfaces define. */
export const OWN_INTERFACES = [
  'FR-EVT-006',
  'FR-EVT-007',
  'FR-EVT-WF-RECOVERY',
  ...[1, 2, 3].map((n) => `FR-EVT-GOV-MAILBOX-00${n}`),
];

/** What a session engine needs of the spec, as the seeds ask for it. */
const SESSION_TYPES = JSON.parse(readFileSync(`${ROOT}test/support/session-types.json`, 'utf8')) as string[];
export const SESSION_EVENTS = [
  ...[1, 2, 3, 4, 5].map((n) => `FR-EVT-SESS-00${n}`),
  ...[1, 2, 3, 4].map((n) => `FR-EVT-SESS-SCHED-00${n}`),
  ...[1, 2, 3, 4, 5].map((n) => `FR-EVT-SESS-SPAWN-00${n}`),
];
export const SESSION_ROOTS = [...SESSION_TYPES, ...SESSION_EVENTS];

export function specOf(text: string, path = 'Spec_v01.md'): SpecIndex {
  return buildIndex(path, [specFileOf(path, new TextEncoder().encode(text))]);
}

/** Reads a spec from disk under the name that its evidence shall show. */
export function readSpec(file: string, path: string): SpecIndex {
  return buildIndex(path, [specFileOf(path, readFileSync(file))]);
}

export function readOwn(path: string): string {
  return readFileSync(`${ROOT}${path}`, 'utf8');
}

/** A fenced block of a one-block spec, its first line at line 4 of `Spec_v01.md`, under clause 1.2. */
function blockOf(lang: string, ...lines: string[]): CodeBlock {
  return specOf(`## 1.2 Shapes\n\n\`\`\`${lang}\n${lines.join('\n')}\n\`\`\`\n`).blocks[0]!;
}

export const yaml = (...lines: string[]): CodeBlock => blockOf('yaml', ...lines);
export const rust = (...lines: string[]): CodeBlock => blockOf('rust', ...lines);
