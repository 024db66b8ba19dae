import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  activate,
  copyOf,
  fillRows,
  gatedRepository,
  kept,
  PACKET,
  signatureOf,
  step,
  WP,
} from '../support/gated.ts';
import { gov } from '../support/gov.ts';
import { BOARD } from '../support/governed.ts';
import type { Repository } from '../support/repository.ts';

const scenario = (role: string): string => `schema: govkit.scenario@1
title: One session of a packet
seed: 1
start: 2026-02-24T09:00:00Z
sessions:
  - { as: lead, role: ${role}, script: lead, model: local/large, wp_id: ${WP} }
scripts:
  lead:
    - say: { text: Done., tokens: 10, cost_usd: 0.01 }
    - complete: {}
`;

let repository: Repository;
let made: string | undefined;

beforeEach(() => {
  made ??= kept(openedOnce());
  repository = copyOf(made);
});

function openedOnce(): string {
  repository = gatedRepository({
    '.GOV/roles.yaml':
      'roles:\n  Coder:\n    capabilities: [fs.read, proc.exec]\n    default_lane: SUBAGENT\n  Validator:\n    capabilities: [fs.read]\n    default_lane: VALIDATION\n',
  });
  activate(repository.root);
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '--message', 'activate');
  return repository.root;
}

const run = (role = 'Coder') => {
  const file = join(repository.root, '.git', 'scenario.yaml');
  writeFileSync(file, scenario(role));
  const { code, out } = gov(repository.root, ['session', 'run', file, '--json']);
  return { code, ...(JSON.parse(out) as { refused?: object; sessions: object[] }) };
};
const refused = (message: unknown) => ({
  code: 1,
  refused: { code: 'not_admitted', message },
  sessions: [],
});
const edit = (path: string, from: string | RegExp, to: string): void => {
  const file = join(repository.root, path);
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
};

describe('gov session run, of a session that names a work packet', () => {
  it.each([
    ['Coder', ['fs.read', 'proc.exec']],
    ['Validator', ['fs.read']],
  ])('an open gate admits a %s, with its capabilities', (role, capability_grants) => {
    expect(run(role)).toMatchObject({
      code: 0,
      sessions: [{ role, wp_id: WP, capability_grants }],
    });
  });

  it('a stub admits nobody', () => {
    repository = gatedRepository();
    expect(run()).toMatchObject(
      refused(
        expect.stringContaining(
          `${WP} is closed: a stub admits nobody; item 2 (refinement_block) is open: nothing recorded yet; next: just record-refinement ${WP}`,
        ),
      ),
    );
  });

  it('a packet that is not committed admits nobody', () => {
    edit(PACKET, '- src/demo.ts', '- src/other.ts');
    expect(run()).toMatchObject(refused(expect.stringContaining('of the packet was changed since')));
    repository.git('checkout', '--quiet', '--', PACKET);
    edit(PACKET, /$/, '\n');
    expect(run()).toMatchObject(
      refused(expect.stringContaining(`${PACKET}: it differs from what is committed; next: git add .GOV`)),
    );
  });

  it('work that has ended admits nobody', () => {
    edit(BOARD, new RegExp(`^.*${WP}.*\n`, 'm'), '');
    edit(BOARD, '## Done\n', `## Done\n\n- **[${WP}]** - [VALIDATED]\n`);
    repository.commit({});
    expect(run()).toMatchObject(
      refused(
        expect.stringMatching(/is closed: its work has ended: \S+TASK_BOARD\.md:\d+ says \[VALIDATED\]/),
      ),
    );
  });

  it('a role that nobody listed is not admitted', () => {
    expect(run('Ghost').code).not.toBe(0);
  });
});

describe('a step that was interrupted', () => {
  /** Killed after the journal was written, before a file was. */
  const interrupted = (...args: string[]): void => {
    gov(repository.root, ['wp', ...args], { env: { GOVKIT_FAILPOINT: '2' } });
  };
  const status = () => {
    const { out } = gov(repository.root, ['wp', 'status', WP, '--json']);
    return JSON.parse(out) as { ready: boolean; notes: string[]; next: string | null };
  };

  it('admits nobody; the status names it and the step that completes it', () => {
    const signature = interruptedSign();
    const { ready, notes, next } = status();
    expect(ready).toBe(false);
    expect(notes[0]).toBe(
      `the step "sign" of ${WP} was interrupted here, and what it writes may be half there`,
    );
    expect(next).toBe(`just record-signature ${WP} ${signature}`);
    expect(run()).toMatchObject(refused(expect.stringContaining(`; next: ${next}`)));
    step(repository.root, 'sign', WP, signature);
    expect(status().notes.join()).not.toContain('interrupted');
  });

  function interruptedSign(): string {
    repository = gatedRepository();
    step(repository.root, 'refine', WP);
    fillRows(repository.root);
    step(repository.root, 'approve', WP);
    const signature = signatureOf('ilja');
    interrupted('sign', WP, signature);
    return signature;
  }

  it.each([
    ['revise', [WP, '--reason', 'again']],
    ['undo', [WP, '--reason', 'again']],
  ])('%s: gov wp sync completes it', (name, args) => {
    interrupted(name, ...args);
    const { ready, next } = status();
    if (next === null) throw new Error(`${name} was not interrupted`);
    expect({ ready, next }).toEqual({ ready: false, next: 'gov wp sync' });
    expect(run()).toMatchObject({ code: 1 });
    expect(gov(repository.root, next.split(' ').slice(1)).code).toBe(0);
    expect(status().notes.join()).not.toContain('interrupted');
  });

  it('each step that has a command without more words is completed by it', { timeout: 120_000 }, () => {
    repository = gatedRepository();
    const commands = {
      refine: 'record-refinement',
      approve: 'approve-refinement',
      create: 'create-task-packet',
    };
    for (const name of ['refine', 'approve', 'sign', 'prepare', 'create'] as const) {
      const words = [name, WP, ...(name === 'sign' ? [signatureOf('ilja')] : [])];
      if (!(name in commands)) {
        step(repository.root, ...words);
        continue;
      }
      if (name === 'approve') fillRows(repository.root);
      interrupted(...words);
      expect(status().next).toBe(`just ${commands[name as keyof typeof commands]} ${WP}`);
      step(repository.root, ...words);
      expect(status().notes.join()).not.toContain('interrupted');
    }
    repository.commit({});
    expect(status()).toMatchObject({ ready: true, next: null });
  });

  it('a journal that cannot be read is told, and not passed over', () => {
    const file = join(repository.root, '.git', 'govkit', 'journal.json');
    rmSync(file, { force: true });
    writeFileSync(file, '{');
    expect(gov(repository.root, ['wp', 'status', WP])).toMatchObject({
      code: 2,
      err: expect.stringContaining(
        'is no journal of an interrupted step; look at git status, then remove it',
      ),
    });
  });
});
