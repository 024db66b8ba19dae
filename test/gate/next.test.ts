import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseCall } from '../../tools/cli/args.ts';
import { commands } from '../../tools/cli/table.ts';
import { nextStep } from '../../tools/gate/next.ts';
import { Activation, commandsOf, SCHEDULER, SPAWN, wordsOf } from '../support/activation.ts';
import { started } from '../support/started.ts';

const recipes = readFileSync(join(import.meta.dirname, '..', '..', 'templates', 'gov.just'), 'utf8');
const PACKET = `.GOV/task_packets/${SPAWN}.md`;
const BOARD = '.GOV/roles_shared/TASK_BOARD.md';
const SPEC = 'Handshake_Master_Spec_v02.137.md';

type Key = keyof typeof nextStep;

/** Each as it is printed for a packet that is there. */
const PRINTED: Record<Key, string> = {
  refine: nextStep.refine(SPAWN),
  provide: nextStep.provide(SPEC),
  approve: nextStep.approve(SPAWN),
  sign: nextStep.sign(SPAWN),
  prepare: nextStep.prepare(SPAWN),
  create: nextStep.create(SPAWN),
  waive: nextStep.waive(SPAWN, SCHEDULER),
  attest: nextStep.attest(SPAWN, 8),
  settle: nextStep.settle(SPAWN),
  revise: nextStep.revise(SPAWN),
  sync: nextStep.sync(),
  restore: nextStep.restore('0123456789abcdef', PACKET),
  unshallow: nextStep.unshallow(),
  align: nextStep.align(BOARD),
  commit: nextStep.commit(PACKET),
  check: nextStep.check(),
  resolve: nextStep.resolve(),
  status: nextStep.status(SPAWN),
};

/** What no command can do: a person edits a file, or brings one from elsewhere. */
const SENTENCES: readonly Key[] = ['provide', 'align'];

it('G39: every next step that is a command parses and exists', () => {
  expect(Object.keys(PRINTED).sort()).toEqual(Object.keys(nextStep).sort());
  for (const [key, text] of Object.entries(PRINTED)) {
    for (const words of commandsOf(text)) {
      if (words[0] === 'gov') expect(parseCall(words.slice(1), commands).command, text).toBeDefined();
      else if (words[0] === 'just') expect(recipes, text).toMatch(new RegExp(`^${words[1]} `, 'm'));
      else expect(words[0] === 'git' || SENTENCES.includes(key as Key), text).toBe(true);
    }
  }
});

it('every next step is run for real, where the gate prints it, and does what it is for', {
  timeout: 240_000,
}, async () => {
  const repo = await Activation.begin();
  const ran = new Set<string>();
  /** Where it is printed, and that it is done there. */
  const run = async (key: Key, code = 0): Promise<string> => {
    const { items, next } = await repo.json('gov', 'wp', 'status', SPAWN);
    const printed = [next, ...items.map((item: { next?: string }) => item.next)];
    if (!['check', 'resolve', 'status'].includes(key)) expect(printed).toContain(PRINTED[key]);
    let out = '';
    for (const words of commandsOf(PRINTED[key])) {
      const ended = await repo.try(words);
      expect({ words, code: ended.code }, `${ended.out}${ended.err}`).toEqual({ words, code });
      out += ended.out;
    }
    ran.add(key);
    return out;
  };

  repo.write(
    `.GOV/task_packets/stubs/${SPAWN}.md`,
    `${repo.read(`.GOV/task_packets/stubs/${SPAWN}.md`).trimEnd()}\n- [ ] Ask the neighbours.\n`,
  );
  expect(await run('check')).toContain('clean · ');
  expect(await run('resolve')).toContain('UNIQUE');
  expect(await run('status', 1)).toContain('closed · ');
  expect(await run('refine')).toContain(' rows to fill in first · ');
  const { open } = await repo.json('gov', 'wp', 'refine', SPAWN);
  repo.answer(SPAWN, open);
  expect(await run('approve')).toContain(`# Technical Refinement: ${SPAWN}`);
  expect(await run('sign')).toContain('the first signature of');
  expect(await run('prepare')).toContain(`prepared feat/${SPAWN} in ../wt-${SPAWN} for Coder`);
  expect(await run('waive')).toContain(`waived ${SCHEDULER} until the end of 2026-06-30`);
  expect(await run('attest')).toContain('attested item 8 (other)');
  expect(await run('create')).toContain('10 notes of the stub carried, 0 dropped');
  await run('commit');
  expect(await run('status')).toContain('open · ');

  repo.write(BOARD, repo.read(BOARD).replace('[READY_FOR_DEV]', '[STUB]'));
  expect(await run('sync')).toContain(BOARD);
  expect(await repo.git('status', '--porcelain')).toBe('');

  for (const [branch, back, who] of [
    ['theirs', 'main', 'ann'],
    ['ours', 'ours', 'ben'],
  ] as const) {
    await repo.git('switch', '--quiet', '-c', branch);
    await repo.done([...wordsOf(PRINTED.attest), '--actor', who]);
    await repo.git('add', '--all');
    await repo.git('commit', '--quiet', '--message', who);
    await repo.git('switch', '--quiet', back);
  }
  await repo.git('merge', '--quiet', '--no-edit', 'theirs');
  expect(await run('settle')).toContain('settled 2 heads');

  // A clone that lacks the history, and gets it by what stands in the sentence.
  const clone = join(repo.outer, 'clone');
  await repo.git('clone', '--quiet', '--depth', '1', `file://${repo.root}`, clone);
  const [, fetch] = /\((git .+)\)/.exec(PRINTED.provide)!;
  expect((await started(clone, wordsOf(fetch!), repo.env)).code).toBe(0);
  expect((await started(clone, ['git', 'rev-parse', '--is-shallow-repository'], repo.env)).out).toBe(
    'false\n',
  );
  ran.add('provide');
  const shallow = join(repo.outer, 'shallow');
  await repo.git('clone', '--quiet', '--depth', '1', `file://${repo.root}`, shallow);
  for (const words of commandsOf(PRINTED.unshallow))
    expect((await started(shallow, words, repo.env)).code).toBe(0);
  ran.add('unshallow');

  // An entry that the base has, and that is gone, comes back from there.
  const [entry] = (await repo.git('ls-files', `.GOV/ledger/${SPAWN}`)).split('\n');
  rmSync(join(repo.root, entry!));
  const lost = await repo.json('gov', 'wp', 'status', SPAWN, '--base', 'HEAD');
  expect(lost.next).toBe(nextStep.restore((await repo.git('rev-parse', 'HEAD')).trim(), entry!));
  for (const words of commandsOf(lost.next)) await repo.done(words);
  expect(await repo.git('status', '--porcelain', '--', entry!)).toBe('');
  ran.add('restore');

  // A packet that was changed after it was made goes on as the next one.
  repo.write(PACKET, repo.read(PACKET).replace('## SCOPE\n', '## SCOPE\n- More: of everything\n'));
  expect(await run('revise')).toContain(`${SPAWN} is superseded`);

  // Of a packet without a ledger the board is brought in line by hand, and the item is settled by that.
  const bare = await Activation.begin();
  bare.write(BOARD, bare.read(BOARD).replace(/^- .*Spawn.*\n/m, ''));
  const board = async () =>
    (await bare.json('gov', 'wp', 'status', SPAWN)).items.find(
      ({ intent }: { intent: string }) => intent === 'board',
    );
  expect((await board()).next).toBe(PRINTED.align);
  expect((await board()).evidence[0].detail).toBe('TASK_BOARD.md has no entry for it');
  await bare.git('checkout', '--', BOARD);
  expect((await board()).evidence[0].detail).toMatch(/^TASK_BOARD\.md:\d+ says \[STUB\]$/);
  ran.add('align');

  expect([...ran].sort()).toEqual(Object.keys(nextStep).sort());
});
