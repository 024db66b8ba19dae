import { describe, expect, it } from 'vitest';
import { type By, type Ground, planAttest, planWaive, type WpItem } from '../../../tools/gate/index.ts';
import { STUB } from '../../checks/base.ts';
import { SIGNATURE, WP } from '../demo.ts';
import { by, carriedOut, refusals, seen, stubFiles, type Texts, taken } from './taken.ts';

const ITEMS = { main_body: 1, signature: 3, packet: 5, copy_notes: 6, other: 8 } as const;

/** A packet that was made, and whose stub got a note since: what only a human can settle. */
async function unread(): Promise<Texts> {
  const files = await taken('create');
  return {
    ...files,
    [STUB]: files[STUB]!.replace('  - The session model.', '  - The session model.\n  - A queue.'),
  };
}

const attest = async (
  files: Texts,
  intent: keyof typeof ITEMS,
  change: { reason?: string; role?: By['role']; text?: string } = {},
) => {
  const item: Pick<WpItem, 'index' | 'intent' | 'text'> = {
    index: ITEMS[intent],
    intent,
    text: change.text ?? '',
  };
  const reason = change.reason ?? 'read them all';
  return planAttest(await seen(files), by(change.role ?? 'Operator'), { item, reason });
};

describe('planAttest', () => {
  it.each([
    ['Operator', 'attest', 'attested'],
    ['Validator', 'confirm', 'confirmed'],
    ['Coder', 'claim', 'claimed'],
  ] as const)('the word of the %s is an entry "%s"', async (role, kind, said) => {
    const plan = await attest(await unread(), 'copy_notes', { role, reason: ' read them all ' });
    const [path, text] = [...plan.writes][0]!;
    expect([plan.unmet, plan.said, path]).toEqual([
      [],
      [`${said} item 6 (copy_notes)`],
      expect.stringMatching(new RegExp(`/0006-${kind}-[0-9a-f]{16}\\.json$`)),
    ]);
    expect(JSON.parse(text!)).toMatchObject({
      role,
      kind,
      data: { intent: 'copy_notes', reason: 'read them all' },
    });
  });

  it("the Orchestrator has no word: what opens a gate is the Operator's", async () => {
    expect(refusals(await attest(await unread(), 'copy_notes', { role: 'Orchestrator' }))).toEqual([
      [
        'ROLE_MAY_NOT_WRITE',
        `.GOV/ledger/${WP}:1`,
        'Unexpected role "Orchestrator", expected Operator: nobody else records "attest"',
      ],
    ]);
  });

  it('a word about an item that no rule knows names its text', async () => {
    const files = { ...stubFiles(), [STUB]: `${stubFiles()[STUB]}- [ ] Feed the cat.\n` };
    const { writes } = await attest(files, 'other', { text: 'Feed the cat.' });
    expect(JSON.parse([...writes.values()][0]!).data).toMatchObject({
      intent: 'other',
      text: 'Feed the cat.',
    });
  });

  it.each([
    ['signature', `just record-signature ${WP} {username}{DDMMYYYYHHMM}`],
    ['packet', `just create-task-packet ${WP}`],
  ] as const)('%s is there or it is not: no word is it', async (intent, next) => {
    expect(refusals(await attest(stubFiles(), intent))).toEqual([
      [
        'NOT_A_MATTER_OF_WORDS',
        `${STUB}:1`,
        `Unexpected word for item ${ITEMS[intent]} (${intent}), expected its evidence: it is there or it is not, and nobody's word is it (${next})`,
      ],
    ]);
  });

  it('what is disproved is mended, and not talked away', async () => {
    const files = { ...stubFiles(), [STUB]: stubFiles()[STUB]!.replace('1.1.1 Session Model', '9.9.9 Gone') };
    expect(refusals(await attest(files, 'main_body'))).toEqual([
      [
        'DISPROVED',
        `${STUB}:1`,
        'Unexpected word for item 1 (main_body), expected it to be mended: 0 of 1 anchor UNIQUE in v02.137',
      ],
    ]);
  });

  it('what is proven needs none', async () => {
    const plan = await attest(await taken('create'), 'copy_notes');
    expect([plan.done, plan.writes.size]).toEqual(['item 6 (copy_notes) is proven, and needs no word', 0]);
  });

  it.each(['', '  ', '<fill>', '{reason}', 'one\ntwo', SIGNATURE, 'x'.repeat(2001)])(
    'the reason %j says nothing',
    async (reason) => {
      expect(refusals(await attest(await unread(), 'copy_notes', { reason }))).toEqual([
        [
          'NO_REASON',
          `${STUB}:1`,
          `Unexpected reason "${reason.trim().slice(0, 40)}", expected one line that says why`,
        ],
      ]);
    },
  );
});

describe('planWaive', () => {
  const BLOCKER = 'WP-1-Core-v1';
  const files: Texts = {
    ...stubFiles(),
    [STUB]: stubFiles()[STUB]!.replace('nothing that has an id.', `${BLOCKER}.`),
  };
  const plan = async (
    change: { blocker?: string; reason?: string; until?: string; role?: By['role'] } = {},
    ground: Partial<Ground> = {},
    own = files,
  ) =>
    planWaive(await seen(own, ground), by(change.role ?? 'Operator'), {
      blocker: BLOCKER,
      reason: 'only its types are used',
      until: '2026-03-01',
      ...change,
    });

  it('is a record with blocker, reason and end', async () => {
    const { writes, said } = await plan();
    expect(said).toEqual([`waived ${BLOCKER} until the end of 2026-03-01`]);
    expect(JSON.parse([...writes.values()][0]!).data).toEqual({
      blocker: BLOCKER,
      reason: 'only its types are used',
      until: '2026-03-01',
    });
  });

  it('the same again is nothing to do; another end is another record', async () => {
    const waived = carriedOut(files, await plan());
    expect((await plan({}, {}, waived)).done).toBe(
      `${BLOCKER} is waived by ilja until 2026-03-01: only its types are used`,
    );
    expect((await plan({ until: '2026-04-01' }, {}, waived)).writes.size).toBe(1);
  });

  it('tells everything that speaks against it at once', async () => {
    const refused = await plan({ blocker: 'WP-1-X-v1', reason: '', until: 'soon', role: 'Orchestrator' });
    expect(refusals(refused)).toEqual([
      [
        'ROLE_MAY_NOT_WRITE',
        `.GOV/ledger/${WP}:1`,
        'Unexpected role "Orchestrator", expected Operator: nobody else records "waive"',
      ],
      ['NO_REASON', `${STUB}:1`, 'Unexpected reason "", expected one line that says why'],
      ['NO_SUCH_BLOCKER', `${STUB}:1`, `Unexpected blocker WP-1-X-v1, expected one of ${BLOCKER}`],
      ['NO_DAY', `${STUB}:1`, 'Unexpected end "soon", expected the last day as YYYY-MM-DD'],
    ]);
  });

  it('where nothing blocks there is nothing to waive', async () => {
    expect(refusals(await plan({}, {}, stubFiles()))).toEqual([
      ['NO_SUCH_BLOCKER', `${STUB}:1`, `Unexpected blocker ${BLOCKER}, expected none: nothing blocks ${WP}`],
    ]);
  });

  it.each([
    ['2026-02-30', 'Unexpected end "2026-02-30", expected the last day as YYYY-MM-DD'],
    ['26-03-01', 'Unexpected end "26-03-01", expected the last day as YYYY-MM-DD'],
    ['2026-02-23', 'Unexpected end 2026-02-23, expected today (2026-02-24) or later'],
  ])('the end %s is refused', async (until, message) => {
    expect(refusals(await plan({ until }))).toEqual([['NO_DAY', `${STUB}:1`, message]]);
  });

  it('today is today in the zone that the repository names', async () => {
    const now = Date.parse('2026-02-24T12:00:00Z');
    expect((await plan({ until: '2026-02-24' }, { now })).unmet).toEqual([]);
    expect(refusals(await plan({ until: '2026-02-24' }, { now, timeZone: 'Pacific/Auckland' }))).toEqual([
      ['NO_DAY', `${STUB}:1`, 'Unexpected end 2026-02-24, expected today (2026-02-25) or later'],
    ]);
  });
});
