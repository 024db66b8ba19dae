import { describe, expect, it } from 'vitest';
import { signatureUses } from '../../../tools/artifacts/index.ts';
import { type Ground, planApprove, planSign } from '../../../tools/gate/index.ts';
import { treeOf } from '../../artifacts/memory.ts';
import { STUB } from '../../checks/base.ts';
import { AUDIT, REFINEMENT, WP, word } from '../demo.ts';
import {
  by,
  carriedOut,
  FIRST,
  INPUT,
  refusals,
  SIGNED,
  seen,
  stubFiles,
  type Texts,
  taken,
} from './taken.ts';

const plan = async (files: Texts, signature = SIGNED, ground: Partial<Ground> = {}) =>
  planSign(await seen(files, ground), by('Operator', '10:21:00'), { ...INPUT.sign, signature });
const edited = (files: Texts, path: string, from: string, to: string): Texts => ({
  ...files,
  [path]: files[path]!.replace(from, to),
});
const place = `${REFINEMENT}:11`;

describe('planSign', () => {
  it('writes the signature, its row of the audit, and the entry that binds it to what it says', async () => {
    const files = await taken('approve');
    const signed = await plan(files);
    expect([...signed.writes.keys()]).toEqual([
      expect.stringMatching(new RegExp(`^\\.GOV/ledger/${WP}/0003-sign-[0-9a-f]{16}\\.json$`)),
      AUDIT,
      REFINEMENT,
    ]);
    expect(signed.writes.get(REFINEMENT)).toContain(`- USER_SIGNATURE: ${SIGNED}\n`);
    expect(signed.writes.get(AUDIT)).toContain(`| ${SIGNED} | ilja | 2026-02-24 10:20 | `);
    const { data } = JSON.parse([...signed.writes.values()][0]!);
    expect([data.signature, data.time_zone]).toEqual([SIGNED, 'UTC']);
    expect(signed.said).toEqual([
      expect.stringMatching(
        new RegExp(
          `^signed \\d+ parts of the refinement, \\d+ of the stub, 1 clauses; the first signature of ${WP}$`,
        ),
      ),
    ]);
  });

  it('what a key signs names repository, packet, digest and the ledger as it was', async () => {
    const files = await taken('approve');
    const { statement } = await plan(files);
    const { fold } = await seen(files);
    expect(statement).toEqual({
      repository: FIRST,
      wp_id: WP,
      signature: SIGNED,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      parents: fold.heads.map(({ hash }) => hash),
    });
  });

  it('once is enough: the second time there is nothing to do', async () => {
    const again = await plan(await taken('sign'));
    expect([again.done, again.unmet, again.writes.size]).toEqual([`${SIGNED} is recorded`, [], 0]);
  });

  it.each([
    ['ilja', '', '{username}{DDMMYYYYHHMM}, a time by your own clock'],
    ['ilja999999999999', '', '{username}{DDMMYYYYHHMM}, a time by your own clock'],
    ['ilja300220261020', '', '{username}{DDMMYYYYHHMM}, a time by your own clock'],
    ['Ilja240220261020', '', '{username}{DDMMYYYYHHMM}, a time by your own clock'],
    ['240220261020', '', '{username}{DDMMYYYYHHMM}, a time by your own clock'],
    ['ilja240220261020; rm -rf /', '', '{username}{DDMMYYYYHHMM}, a time by your own clock'],
    [
      'ilja251225041500',
      ' in the old form DDMMYYHHMMSS',
      '{username}{DDMMYYYYHHMM}, a time by your own clock',
    ],
    ['ilja240220261201', ' of a time to come', 'one up to now, 24/02/2026 12:00 in UTC'],
    [
      'ilja240220261009',
      '',
      `a time from the approval of ${WP} (24/02/2026 10:10) to now, 24/02/2026 12:00 in UTC`,
    ],
  ])('%s is refused', async (signature, found, expected) => {
    const code = expected.startsWith('a time') ? 'SIGNATURE_BEFORE_APPROVAL' : 'SIGNATURE_FORMAT';
    expect(refusals(await plan(await taken('approve'), signature))).toEqual([
      [code, place, `Unexpected signature "${signature}"${found}, expected ${expected}`],
    ]);
  });

  it('its minute may be that of the approval, which has seconds', async () => {
    expect((await plan(await taken('approve'), 'ilja240220261010')).unmet).toEqual([]);
  });

  it('its time counts in the zone that the repository names', async () => {
    const files = await taken('approve');
    // 12:00 in Greenwich is 13:00 in Brussels.
    expect((await plan(files, 'ilja240220261300', { timeZone: 'Europe/Brussels' })).unmet).toEqual([]);
    expect(refusals(await plan(files, 'ilja240220261301', { timeZone: 'Europe/Brussels' }))).toEqual([
      [
        'SIGNATURE_FORMAT',
        place,
        'Unexpected signature "ilja240220261301" of a time to come, expected one up to now, 24/02/2026 13:00 in Europe/Brussels',
      ],
    ]);
    const june = Date.parse('2026-06-01T00:00:00Z');
    expect(
      refusals(await plan(files, 'ilja290320260230', { timeZone: 'Europe/Brussels', now: june })),
    ).toEqual([
      [
        'SIGNATURE_FORMAT',
        place,
        'Unexpected signature "ilja290320260230" of a time that no clock in Europe/Brussels showed, expected {username}{DDMMYYYYHHMM}, a time by your own clock',
      ],
    ]);
  });

  it('what changed since the approval is named part by part, where it stands now', async () => {
    const files = edited(
      edited(await taken('approve'), REFINEMENT, 'RISK_TIER: LOW', 'RISK_TIER: HIGH'),
      STUB,
      '- A session has a state.',
      '- A session has a state.\n- And an end.',
    );
    const lineOf = (path: string, text: string): number =>
      files[path]!.split('\n').findIndex((line) => line.includes(text)) + 1;
    expect(refusals(await plan(files)).filter(([code]) => code !== 'NOTE_UNMAPPED')).toEqual([
      [
        'CHANGED_SINCE_APPROVAL',
        `${REFINEMENT}:${lineOf(REFINEMENT, 'RISK_TIER')}`,
        `Unexpected content, expected what was approved: refinement:PACKET_INPUT.RISK_TIER was changed since (just approve-refinement ${WP})`,
      ],
      [
        'CHANGED_SINCE_APPROVAL',
        `${STUB}:${lineOf(STUB, 'ACCEPTANCE_CRITERIA')}`,
        `Unexpected content, expected what was approved: stub:ACCEPTANCE_CRITERIA was changed since (just approve-refinement ${WP})`,
      ],
    ]);
  });

  it('a second signature shows what changed since the first', async () => {
    const changed = edited(await taken('sign'), REFINEMENT, 'RISK_TIER: LOW', 'RISK_TIER: HIGH');
    const approved = carriedOut(changed, planApprove(await seen(changed), by('Operator', '11:00:00')));
    const again = await plan(approved, 'ilja240220261100');
    expect(again.unmet).toEqual([]);
    const line = approved[REFINEMENT]!.split('\n').findIndex((each) => each.startsWith('- RISK_TIER')) + 1;
    expect(again.said).toEqual([
      expect.stringMatching(
        /^signed \d+ parts of the refinement, \d+ of the stub, 1 clauses; since the last signature:$/,
      ),
      `  changed refinement:PACKET_INPUT.RISK_TIER  ${REFINEMENT}:${line}`,
    ]);
  });

  it('tells everything that speaks against it at once', async () => {
    const files = edited(
      await taken('refine'),
      REFINEMENT,
      'ENRICHMENT_NEEDED: NO',
      'ENRICHMENT_NEEDED: <YES or NO>',
    );
    const refused = planSign(await seen(files), by('Validator'), { ...INPUT.sign, signature: 'me' });
    const codes = refusals(refused).map(([code]) => code);
    expect([codes, refused.writes.size, refused.statement]).toEqual([
      ['ROLE_MAY_NOT_WRITE', 'OPEN_ROW', 'NOT_APPROVED', 'SIGNATURE_FORMAT'],
      0,
      undefined,
    ]);
    expect(refusals(refused)[2]).toEqual([
      'NOT_APPROVED',
      `${REFINEMENT}:10`,
      `Unexpected signature, expected an approval before it (just approve-refinement ${WP})`,
    ]);
  });

  it('one that another work packet has used is refused, here and on every branch', async () => {
    const files = await taken('approve');
    const row = `| ${SIGNED} | ilja | 2026-02-24 10:20 | Task packet creation: WP-1-Other-v1 | v02.137 | ok |\n`;
    const used = { ...files, [AUDIT]: files[AUDIT]! + row };
    const why = `Unexpected signature "${SIGNED}" for ${WP}, expected one that was never used: it serves WP-1-Other-v1`;
    expect(refusals(await plan(used))).toEqual([['SIGNATURE_REUSED', `${AUDIT}:3`, `${why} (audit)`]]);
    const [what] = signatureUses(await treeOf(used)).get(SIGNED)!;
    const ground = { uses: [{ where: 'refs/heads/feat/x', what: what! }] };
    expect(refusals(await plan(files, SIGNED, ground))).toEqual([
      ['SIGNATURE_REUSED', `${AUDIT}:3`, `${why} on refs/heads/feat/x (audit)`],
    ]);
  });

  it.each([
    ['refs/heads/feat/x', () => 'merge it first (git merge feat/x)'],
    ['refs/remotes/origin/x', () => 'merge it first (git merge origin/x)'],
    ['commit 0123456789ab', () => 'merge it first (git merge 0123456789ab)'],
    ['../wt-x', () => 'commit it there, and merge it first'],
    ['HEAD', (path: string) => `bring it back first (git checkout HEAD -- ${path})`],
  ])('a packet that has gone on elsewhere is brought here first: %s', async (where, how) => {
    const files = await taken('approve');
    const foreign = await treeOf(await word(files, 'claim', 'copy_notes'));
    const [what] = foreign.ledger;
    expect(refusals(await plan(files, SIGNED, { entries: [{ where, what: what! }] }))).toEqual([
      [
        'GOES_ON_ELSEWHERE',
        `.GOV/ledger/${WP}:1`,
        `Unexpected entry "claim" on ${where}, expected none that is not here: ${how(what!.path)}`,
      ],
    ]);
  });

  it('under the policy ssh it names the repository that it is for', async () => {
    const dossier = await seen(await taken('approve'), { policy: 'ssh' });
    const refused = planSign(dossier, by('Operator'), { signature: SIGNED, repository: undefined });
    expect(refusals(refused)).toEqual([
      [
        'NO_COMMIT',
        `${REFINEMENT}:10`,
        'Unexpected repository without a commit, expected the commit that the repository began with: an SSH signature names the repository that it is for',
      ],
    ]);
  });

  it('the key that signed stands in the entry', async () => {
    const dossier = await seen(await taken('approve'), { policy: 'ssh' });
    const { writes } = planSign(dossier, by('Operator', '10:21:00'), { ...INPUT.sign, ssh: 'armour' });
    expect(JSON.parse([...writes.values()][0]!).data.ssh).toEqual({ repository: FIRST, signature: 'armour' });
  });

  it('without a refinement there is nothing to sign', async () => {
    expect(refusals(await plan(stubFiles()))).toEqual([
      [
        'NO_REFINEMENT',
        `${REFINEMENT}:1`,
        `Unexpected absence of ${REFINEMENT}, expected a refinement to sign (just record-refinement ${WP})`,
      ],
    ]);
  });
});
