import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { optionNames } from '../../tools/engine/configuration.ts';
import { engineErrorCodes } from '../../tools/engine/index.ts';
import { SpawnRejectionReason } from '../../tools/generated/index.ts';
import { defaultRules, jobTransitions, sessionTransitions } from '../../tools/kernel/index.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const page = read('docs/engine.md');

/** What a code means. A code without a word here is undocumented, and the page is not what the test makes of it. */
const meaning: Record<string, string> = {
  aborted: 'the signal of the call was aborted',
  approval_required: 'a session that goes on crashing needs somebody’s approval to resume',
  capability_widening: 'more was asked for than is held',
  children_cap_reached: 'the parent has no place for one more active child',
  consent_invalid: 'the receipt would cover nothing, or its id or its plan’s is known with other content',
  engine_closed: 'the engine was disposed of',
  illegal_transition: 'the session cannot go there from where it is',
  invalid_configuration: 'an option is unknown or of another form',
  invalid_event: 'what would be recorded breaks the registry of events; nothing was written',
  invalid_request: 'an argument is of another form; the message names it',
  job_exists: 'a run of that id exists',
  not_admitted: 'the gate does not admit the session to its work packet',
  not_paused: 'the session is not paused',
  provenance_missing: 'a message does not say where it comes from',
  receipt_not_found: 'no receipt has that id',
  session_exists: 'a session of that id exists',
  session_not_found: 'no session has that id',
  session_terminal: 'the session has ended',
  store_busy: 'other processes hold the file; nothing was written',
  store_failed: 'the store could not write or read; nothing was written',
  store_unavailable: 'the store cannot be opened',
  thread_denied: 'the operator has not allowed a run to read that thread',
  unbound_session: 'a session without a work packet is not allowed here',
  unsupported: 'this version does not do that',
};
const rejected: Record<string, string> = {
  invalid_request:
    'malformed, another content under a known id, an unknown role or one that may not be spawned, not admitted',
  requester_not_found: 'no session has the id of the requester',
  requester_terminal: 'the requester has ended',
  capability_widening: 'INV-SPAWN-003: the child would hold what its requester does not',
  depth_limit_exceeded: 'INV-SPAWN-001',
  children_cap_reached: 'INV-SPAWN-002',
  tree_budget_exhausted: 'the tree has had all its descendants (`max_descendants_lifetime`)',
  total_sessions_cap_reached: 'the workspace is full (`max_live_sessions`)',
  consent_missing: 'no receipt covers a cloud child, and the configuration wants one at the spawn',
};

const fence = (language: string, text: string): string => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
const table = (head: string, rows: readonly (readonly string[])[]): string =>
  [`| ${head.split('|').join(' | ')} |`, `|${'---|'.repeat(head.split('|').length)}`]
    .concat(rows.map((row) => `| ${row.join(' | ')} |`))
    .join('\n');

/** Interfaces and types of a source file, as they stand there. */
const declared = (path: string, names: readonly string[]): string =>
  names
    .map((name) => {
      const text = new RegExp(
        `(?:/\\*\\*(?:(?!\\*/)[\\s\\S])*\\*/\\n)?(?:export )?(?:interface|type) ${name}\\b[\\s\\S]*?(?:\\n\\}[^\\n]*|;)\\n(?=\\n|export|$)`,
      ).exec(read(path));
      return text?.[0] ?? `UNDOCUMENTED ${name}`;
    })
    .join('\n');

const moves = (transitions: Readonly<Record<string, readonly string[]>>): string =>
  table(
    'From|To',
    Object.entries(transitions).map(([from, to]) => [
      `\`${from}\``,
      to.length === 0 ? 'none' : to.map((state) => `\`${state}\``).join(', '),
    ]),
  );

/** Every default by its path, such as `limits.max_spawn_depth`. */
function leaves(value: unknown, path: string): string[][] {
  if (typeof value !== 'object' || value === null) return [[`\`${path}\``, `\`${value}\``]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`));
}

const { governance_mode: _, roles: __, ...configurable } = defaultRules;
const parts: Record<string, () => string> = {
  example: () => fence('js', read('examples/delegate.mjs')),
  output: () =>
    fence(
      'text',
      spawnSync(process.execPath, [join(root, 'examples/delegate.mjs')], { encoding: 'utf8' }).stdout,
    ),
  options: () => fence('ts', declared('tools/engine/api.ts', ['EngineOptions'])),
  defaults: () => table('Option|Default', leaves(configurable, '')),
  engine: () =>
    fence(
      'ts',
      declared('tools/engine/api.ts', ['Engine', 'NewModelRun', 'InboundMessage', 'SessionFilter']),
    ),
  arguments: () =>
    fence(
      'ts',
      [
        declared('tools/kernel/session/create.ts', ['Declared', 'NewSession']),
        declared('tools/kernel/schedule/enqueue.ts', ['RunOptions']),
        declared('tools/kernel/spawn/request.ts', ['SpawnCall']),
        declared('tools/generated/types.ts', ['SessionSpawnRequest', 'ConsentReceipt', 'ProjectionPlan']),
        declared('tools/generated/types.ts', [
          ...[
            'ModelBackend',
            'ParameterClass',
            'ExecutionMode',
            'ModelSessionMemoryPolicy',
            'ModelRunJobLane',
          ],
          ...['SessionSpawnRequestSpawnMode', 'ConsentScope', 'ConsentReceiptUiSurface'],
          ...['ToolSideEffect', 'ToolIdempotency'],
        ]),
        declared('tools/engine/ports.ts', ['Admission']),
        declared('tools/kernel/rules.ts', ['Role']),
      ].join('\n'),
    ),
  errors: () =>
    table(
      'Code|Means',
      engineErrorCodes.map((code) => [`\`${code}\``, meaning[code] ?? 'UNDOCUMENTED']),
    ),
  sessions: () => moves(sessionTransitions),
  jobs: () => moves(jobTransitions),
  rejections: () =>
    table(
      'Reason|When',
      SpawnRejectionReason.options.map((reason) => [`\`${reason}\``, rejected[reason] ?? 'UNDOCUMENTED']),
    ),
  runner: () =>
    fence(
      'ts',
      declared('tools/engine/api.ts', ['Runner', 'RunCall', 'RunIO', 'ToolCall', 'ToolResult']) +
        `\n${declared('tools/kernel/schedule/finish.ts', ['RunOutcome'])}`,
    ),
};

// Derived: after a change of the engine, `npx vitest run test/engine/docs.test.ts -u` writes these parts again.
it('docs/engine.md says what the code says: signatures, options, codes, transitions, and what the example prints', async () => {
  let made = page;
  for (const [name, part] of Object.entries(parts)) {
    const region = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
    expect(made).toMatch(region);
    made = made.replace(region, (_all, from: string, to: string) => `${from}${part()}\n${to}`);
  }
  expect(made).not.toContain('UNDOCUMENTED');
  await expect(made).toMatchFileSnapshot(join(root, 'docs/engine.md'));
});

it('every option and every function of the engine is on the page', () => {
  for (const option of optionNames) expect(page).toMatch(new RegExp(`^  ${option}\\??:`, 'm'));
  const api = /export interface Engine [\s\S]*?\n\}/.exec(read('tools/engine/api.ts'))![0];
  for (const [, name] of api.matchAll(/^ {2}(\w+)\(/gm)) expect(page).toContain(`\`${name}`);
});

it('every link of the page leads to a heading of it, or to a file beside it', () => {
  const anchors = [...page.matchAll(/^## (.*)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replace(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  );
  for (const [, anchor] of page.matchAll(/\]\(#([^)]*)\)/g)) expect(anchors).toContain(anchor);
  for (const [, file] of page.matchAll(/\]\(([\w.]+\.md)\)/g)) expect(read(`docs/${file}`)).not.toBe('');
});
