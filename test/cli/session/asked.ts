import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { parseCall } from '../../../tools/cli/args.ts';
import { createOutput } from '../../../tools/cli/output.ts';
import { commands } from '../../../tools/cli/table.ts';
import { GovError } from '../../../tools/findings/index.ts';

export interface Answer {
  code: number;
  out: string;
  err: string;
}

/** A command in this process, as the table loads it; a terminal of so many columns, or none. */
export async function asked(root: string, argv: readonly string[], columns?: number): Promise<Answer> {
  let out = '';
  let err = '';
  const stdout = { write: (text: string) => (out += text), isTTY: columns !== undefined };
  const output = createOutput(
    {
      stdout: columns === undefined ? stdout : { ...stdout, columns },
      stderr: { write: (text: string) => (err += text) },
      env: {},
    },
    { color: false },
  );
  let code = 2;
  try {
    const { command, args, flags, values } = parseCall(argv, commands);
    const { run } = await command!.load();
    code = await run({
      root,
      cwd: root,
      args,
      flags,
      values,
      json: flags.has('json'),
      quiet: flags.has('quiet'),
      out: output,
    });
  } catch (error) {
    if (!(error instanceof GovError)) throw error;
    err += `gov: ${error.message}\n`;
  }
  const plain = (text: string): string => text.replaceAll(root, '.');
  return { code, out: plain(out), err: plain(err) };
}

const ROLES = `roles:
  Orchestrator: { may_spawn: [Coder, Validator], default_lane: PRIMARY, capabilities: [fs.read, fs.write] }
  Coder: { may_spawn: [Coder], default_lane: SUBAGENT, capabilities: [fs.read] }
  Validator: { may_spawn: [], default_lane: VALIDATION, capabilities: [fs.read] }
`;

/** A tree that lets sessions run without a packet, for all tests of a file. */
export function treeWith(files: Record<string, string> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'gov kit '));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const all = { 'gov.config.yaml': 'session:\n  unbound: allow\n', '.GOV/roles.yaml': ROLES, ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** One session in every state that rests, under one lead that waits for two of them. */
export const EVERY_STATE = `schema: govkit.scenario@1
title: Every state at rest
start: 2026-02-24T12:00:00Z
limits: { max_active_children_per_session: 4 }
sessions:
  - { as: lead, role: Orchestrator, script: lead, grants: [fs.read, fs.write] }
scripts:
  lead:
    - say: { text: Six parts and a token sk-ant-api03-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa., tokens: 1400, cost_usd: 0.11 }
    - spawn: { as: done, role: Coder, script: done }
    - spawn: { as: broken, role: Validator, script: broken, announce_back: false }
    - spawn: { as: held, role: Coder, script: held }
    - spawn: { as: wrong, role: Coder, script: wrong }
    - wait: children
    - complete: {}
  done:
    - say: { text: Done., tokens: 30, cost_usd: 0.06 }
    - complete: { next_steps: [merge it] }
  broken:
    - fail: { error: no such file }
  held:
    - say: { text: Half., tokens: 5 }
    - wait: input
  wrong:
    - spawn: { as: deeper, role: Coder, script: held }
    - wait: children
actions:
  - { at: 1000, do: cancel, session: wrong, reason: wrong branch, by: operator }
  - { at: 2000, do: pause, session: held }
`;

/** The database of a run of that scenario. */
export async function ranIn(root: string, scenario = EVERY_STATE, db = 'run.db'): Promise<string> {
  writeFileSync(join(root, 'scenario.yaml'), scenario);
  const { code, out, err } = await asked(root, ['session', 'run', 'scenario.yaml', '--db', db]);
  if (code !== 0) throw new Error(out + err);
  return join(root, db);
}
