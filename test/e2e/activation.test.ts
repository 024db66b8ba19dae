import { expect, it } from 'vitest';
import { readPacket, readStub, type Stub } from '../../tools/artifacts/index.ts';
import { decode } from '../../tools/text/index.ts';
import { Activation, commandsOf, digitsOf, nextOf, SCHEDULER, SPANS, SPAWN } from '../support/activation.ts';

const MOST_COMMANDS = 8;
const SECOND_RUN = 'nothing to do · ';

interface Followed {
  /** Commands that were run, each because the one before printed it. */
  ran: string[][];
  /** The last that was printed, which asks for the commit. */
  commit: string;
}

/** From the stub on: whatever a command prints as the next one is run, and its second run is nothing. */
async function follow(repo: Activation, wpId: string, policy: 'typed' | 'ssh'): Promise<Followed> {
  const ran: string[][] = [];
  let next = `just record-refinement ${wpId}`;
  for (;;) {
    if (next.startsWith('git ')) return { ran, commit: next };
    const [words] = commandsOf(next, repo.env.GOVKIT_NOW) as [string[]];
    ran.push(words);
    if (ran.length > MOST_COMMANDS) throw new Error(ran.map((each) => each.join(' ')).join('\n'));
    if (words[1] === 'record-refinement') {
      const { open, next: printed } = await repo.json(...words);
      await refusedWith(repo, commandsOf(printed)[0]!, open);
      repo.answer(wpId, open);
      next = printed;
    } else {
      if (words[1] === 'waive') await refusedForTheBlocker(repo, wpId);
      next = nextOf(await repo.done(words))!;
    }
    // What a key has to do with is the signature alone.
    if (policy === 'typed' || words[1] === 'record-signature') await secondRunIsNothing(repo, words, next);
  }
}

/** An approval while rows are open is refused, and lists every one of them. */
async function refusedWith(repo: Activation, words: string[], open: { line: number; field: string }[]) {
  expect(words[1]).toBe('approve-refinement');
  const before = await repo.state();
  const ended = await repo.try(words);
  expect(ended.code).toBe(1);
  expect(ended.out).toContain(`refused · ${open.length} preconditions unmet, nothing written`);
  const told = [...ended.out.matchAll(/^ +(\d+):1 .* Unexpected open row of (.+?), expected /gm)];
  expect(told.map(([, line, field]) => [Number(line), field])).toEqual(
    open.map(({ line, field }) => [line, field]),
  );
  expect(await repo.state()).toEqual(before);
}

async function refusedForTheBlocker(repo: Activation, wpId: string) {
  const before = await repo.state();
  const ended = await repo.try(['just', 'create-task-packet', wpId]);
  expect(ended.code).toBe(1);
  expect(ended.out).toContain(
    `Unexpected blocker ${SCHEDULER}, expected it validated or waived: depends on ${SCHEDULER}, which has no packet`,
  );
  expect(ended.out).toContain('refused · 1 precondition unmet, nothing written');
  expect(await repo.state()).toEqual(before);
}

async function secondRunIsNothing(repo: Activation, words: string[], next: string) {
  const before = await repo.state();
  const again = await repo.done(words);
  expect(again, words.join(' ')).toContain(SECOND_RUN);
  expect(nextOf(again)).toBe(next);
  expect(await repo.state()).toEqual(before);
}

it.concurrent.each(['typed', 'ssh'] as const)(
  'both stubs get to Ready for Dev by what each command printed as next, under the policy %s',
  { timeout: 300_000 },
  async (policy) => {
    const repo = await Activation.begin(policy);
    expect(await troublesOf(repo)).toEqual([]);
    for (const [wpId, now] of [
      [SPAWN, '2026-03-02T10:15:00Z'],
      [SPANS, '2026-03-02T11:40:30Z'],
    ] as const) {
      repo.env.GOVKIT_NOW = now;
      const { ran, commit } = await follow(repo, wpId, policy);
      for (const words of commandsOf(commit)) await repo.done(words);
      const out = await repo.done(['just', 'activation', wpId]);
      expect(ran.map(([, recipe]) => recipe)).toEqual([
        'record-refinement',
        'approve-refinement',
        'record-signature',
        'record-prepare',
        'waive',
        'create-task-packet',
      ]);
      expect([...ran, 'the commit', 'activation'].length).toBeLessThanOrEqual(MOST_COMMANDS);
      expect(out).toMatch(/^open · /m);
      expect(await repo.git('status', '--porcelain')).toBe('');
      expect(await troublesOf(repo)).toEqual([]);
      await isOpen(repo, wpId, policy);
      carriesTheStub(repo, wpId);
      await closesWithItsWaiver(repo, wpId);
    }
    expect(repo.read('.GOV/roles_shared/TASK_BOARD.md')).toMatch(
      /## Ready for Dev\n+(?:- \*\*\[WP-1-Session-.*\]\*\* - \[READY_FOR_DEV\]\n){2}/,
    );
  },
);

/** Errors and warnings of the tree: there are none before, and an activation brings none. */
async function troublesOf(repo: Activation) {
  const { findings } = await repo.json('just', 'gov-check');
  return findings
    .filter(({ severity }: { severity: string }) => severity !== 'info')
    .map(({ rule, message }: { rule: string; message: string }) => `${rule} ${message}`);
}

async function isOpen(repo: Activation, wpId: string, policy: 'typed' | 'ssh') {
  const status = await repo.json('just', 'activation', wpId);
  const states = Object.fromEntries(
    status.items.map(({ intent, state }: { intent: string; state: string }) => [intent, state]),
  );
  expect(states).toEqual({
    main_body: 'PASS',
    refinement_block: 'ATTESTED',
    signature: policy === 'ssh' ? 'PASS' : 'ATTESTED',
    refinement_file: 'PASS',
    packet: 'PASS',
    copy_notes: 'PASS',
    board: 'PASS',
  });
  expect(status).toMatchObject({ stage: 'READY', ready: true, next: null, blockers: [] });
  expect(status.waived).toMatchObject([{ wp_id: SCHEDULER }]);
}

/** Scope, acceptance and anchors of the stub are in the packet, each whole and in its place. */
function carriesTheStub(repo: Activation, wpId: string) {
  const read = (path: string) => decode(path, Buffer.from(repo.read(path)));
  const stub = readStub(read(`.GOV/task_packets/stubs/${wpId}.md`));
  const packet = readPacket(read(`.GOV/task_packets/${wpId}.md`));
  const section = (title: string): string[] => {
    const { line, endLine } = packet.sections.find((each) => each.title === title)!;
    return packet.file.lines.slice(line, endLine);
  };
  expect(stub.inScope.length + stub.outOfScope.length).toBeGreaterThanOrEqual(7);
  expect(stub.acceptance.length).toBeGreaterThanOrEqual(3);
  const scope = section('SCOPE');
  const [inside, outside] = [scope.indexOf('- IN_SCOPE:'), scope.indexOf('- OUT_OF_SCOPE:')];
  expect(scope.slice(inside + 1, outside)).toEqual(bulleted(stub.inScope));
  expect(scope.slice(outside + 1).filter((line) => line !== '')).toEqual(bulleted(stub.outOfScope));
  expect(section('DONE_MEANS').filter((line) => line !== '')).toEqual(
    stub.acceptance.map(({ text }) => `- ${text}`),
  );
  const anchors = section('AUTHORITY').flatMap((line) => /^- SPEC_ANCHOR: (.+)$/.exec(line)?.[1] ?? []);
  const numberOf = (text: string) => /^\S+\.md (\S+)/.exec(text)![1]!.replace(/\.\*$/, '');
  expect(new Set(anchors.map(numberOf))).toEqual(new Set(stub.candidates.map(({ text }) => numberOf(text))));
  expect(section('WAIVERS GRANTED').join('\n')).toContain(
    `- ${SCHEDULER}: waived by ilja until 2026-06-30: `,
  );
  expect(packet.signature?.value).toBe(`ilja${digitsOf(repo.env.GOVKIT_NOW!)}`);
  expect(packet.blanks).toEqual([]);
  expect(packet.file.text).not.toMatch(/\{\{|<fill|[^\n -~]/);
}

/** On the day after its last one the waiver holds nothing open, and nothing else has changed. */
async function closesWithItsWaiver(repo: Activation, wpId: string) {
  const last = await repo.try(['just', 'activation', wpId], { GOVKIT_NOW: '2026-06-30T23:59:59Z' });
  expect(last.code).toBe(0);
  const over = await repo.try(['just', 'activation', wpId], { GOVKIT_NOW: '2026-07-01T00:00:00Z' });
  expect(over.code).toBe(1);
  expect(over.out).toMatch(/;\s+the waiver of ilja ended with 2026-06-30/);
  expect(nextOf(over.out)).toBe(`just waive ${wpId} ${SCHEDULER} --reason {reason} --until {YYYY-MM-DD}`);
}

/** Notes as the packet has them: below the first level what stands below it in the stub. */
function bulleted(notes: Stub['inScope']): string[] {
  const left = Math.min(...notes.map(({ place }) => place.column));
  return notes.map(({ text, place }) => `${' '.repeat(2 + place.column - left)}- ${text}`);
}
