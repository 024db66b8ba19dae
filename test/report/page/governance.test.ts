import { describe, expect, it } from 'vitest';
import { familiesOf, unmetOf } from '../../../tools/report/page/governance/clause-rows.ts';
import { elsewhere } from '../../../tools/report/page/governance/elsewhere.ts';
import { bySeverity, filtered } from '../../../tools/report/page/governance/finding-rows.ts';
import { byUrgency, groupsOf, waitsFor } from '../../../tools/report/page/governance/groups.ts';
import { outsideLink, stretchesOf } from '../../../tools/report/page/governance/pieces.ts';
import { summaryOf } from '../../../tools/report/page/governance/summary.ts';
import { viewsOf } from '../../../tools/report/page/shell/views.ts';
import { governance, page, trace } from './fixture.ts';

const short = (wp_id: string): string => wp_id.slice('WP-1-'.length, -'-v1'.length);

describe('work packets', () => {
  it('stand in groups, the furthest first, and what is over last', () => {
    expect(
      groupsOf(governance.packets).map(({ title, packets }) => [
        title,
        packets.map(({ wp_id }) => short(wp_id)).join(' '),
      ]),
    ).toEqual([
      ['Ready', 'Spawn-Contract'],
      ['Packet written', 'Written'],
      ['Prepared', 'Prepared'],
      ['Signed', 'Signing'],
      ['Approved', 'Approval Twice'],
      ['Refined', 'Scheduler'],
      ['Stub', 'Spans Hostile'],
      ['In progress', 'Working'],
      ['Done', 'Finished'],
      ['Superseded', 'Old'],
    ]);
  });

  it('wait for another packet, for a person, or for a step', () => {
    expect(Object.fromEntries(governance.packets.map((card) => [short(card.wp_id), waitsFor(card)]))).toEqual(
      {
        'Spawn-Contract': 'nothing',
        Spans: 'a packet',
        Scheduler: 'a person',
        Approval: 'a step',
        Signing: 'a step',
        Prepared: 'a step',
        Written: 'a step',
        Working: 'nothing',
        Finished: 'nothing',
        Old: 'nothing',
        Twice: 'nothing',
        Hostile: 'a step',
      },
    );
  });

  it('come by what can be done about them, and without those that nobody is to begin', () => {
    expect(byUrgency(governance.packets).map(({ wp_id }) => short(wp_id))).toEqual([
      'Spawn-Contract',
      'Scheduler',
      'Written',
      'Prepared',
      'Signing',
      'Approval',
      'Hostile',
      'Spans',
    ]);
  });
});

describe('what the page says of a packet elsewhere', () => {
  it('is counted as the filters of those views count it', () => {
    expect(elsewhere(page, 'WP-1-Spawn-Contract-v1')).toEqual([
      { title: 'Findings', count: 1, hash: '#/findings?text=WP-1-Spawn-Contract-v1' },
      { title: 'Drift', count: 5, hash: '#/drift?text=WP-1-Spawn-Contract-v1' },
    ]);
    expect(elsewhere(page, 'WP-1-Nowhere-v1')).toEqual([]);
  });
});

describe('findings', () => {
  const of = (text: string, severities: string[], rule = '') =>
    filtered(governance.rules, { text, severities, rule }).map(({ rule: id, findings }) => [
      id,
      findings.length,
    ]);

  it('are counted by severity', () => {
    expect(bySeverity(governance.rules)).toEqual([
      { value: 'error', count: 2 },
      { value: 'warning', count: 240 },
      { value: 'info', count: 1 },
    ]);
  });

  it.each([
    [
      '',
      [],
      '',
      [
        ['anchor/title-mismatch', 2],
        ['checklist/item-missing', 240],
        ['text/bom', 1],
      ],
    ],
    [
      '',
      ['info', 'error'],
      '',
      [
        ['anchor/title-mismatch', 2],
        ['text/bom', 1],
      ],
    ],
    ['workspace rules', [], '', [['anchor/title-mismatch', 1]]],
    ['spans-v1.md 17', [], '', [['checklist/item-missing', 13]]],
    ['TASK_BOARD', [], '', [['text/bom', 1]]],
    ['', [], 'checklist', [['checklist/item-missing', 240]]],
    ['', [], 'check', []],
    ['', [], 'text/bom', [['text/bom', 1]]],
    ['', ['error'], 'text/bom', []],
  ])('with the words %j, the severities %j and the rule %j', (text, severities, rule, expected) => {
    expect(of(text, severities, rule)).toEqual(expected);
  });
});

describe('the trace', () => {
  it('has its families by their size', () => {
    expect(familiesOf(trace.clauses)).toEqual([
      { value: 'INV', count: 4 },
      { value: 'AC', count: 1 },
      { value: 'FR-EVT', count: 1 },
      { value: 'TRUST', count: 1 },
    ]);
  });

  it('names what was required and is not verified once', () => {
    const again = { pattern: 'INV-*', clauses: 3, unmet: ['INV-SPAWN-002', 'INV-SESS-001'] };
    expect(unmetOf({ ...trace, required: [...trace.required, again] })).toEqual([
      'INV-SPAWN-002',
      'INV-SESS-001',
    ]);
  });
});

describe('the lines of a file', () => {
  it('are told with what is left out before, between and behind them', () => {
    const pieces = [
      { from: 8, text: ['h'] },
      { from: 3, text: ['c', 'd'] },
    ];
    expect(stretchesOf({ lines: 10, pieces })).toEqual([
      { from: 1, missing: 2 },
      { from: 3, text: ['c', 'd'] },
      { from: 5, missing: 3 },
      { from: 8, text: ['h'] },
      { from: 9, missing: 2 },
    ]);
    expect(stretchesOf({ lines: 1, pieces: [{ from: 1, text: ['a'] }] })).toEqual([{ from: 1, text: ['a'] }]);
  });

  it.each([
    ['https://example.org/{file}#L{line}', 'https://example.org/a%20b/c%22.md#L7'],
    ['vscode://file/{file}:{line}', 'vscode://file/a%20b/c%22.md:7'],
    ['javascript:alert({line})', null],
    [' JavaScript:alert(1)', null],
    ['java\nscript:alert(1)', null],
    ['data:text/html,{file}', null],
    ['{file}', null],
    [null, null],
  ])('outside the page %j leads to %j', (template, expected) => {
    expect(outsideLink(template, 'a b/c".md', 7)).toBe(expected);
  });
});

describe('the overview', () => {
  it('says of each topic how many there are and where they stand', () => {
    const told = summaryOf(page).map(({ title, figures }) => [
      title,
      ...figures.map(({ count, word }) => `${count} ${word}`),
    ]);
    expect(told).toEqual([
      ['Gates', '1 open', '7 closed'],
      ['Findings', '2 error', '240 warning', '1 info'],
      ['Anchors', '1 lead nowhere', '2 are in doubt', '2 resolve'],
      ['Drift', '1 moved', '1 changed', '1 renumbered', '1 gone', '1 unprovable'],
      [
        'Trace',
        ...['1 required and not verified', '1 failing', '1 suspect', '1 covered', '1 untraced', '2 verified'],
      ],
    ]);
    expect(summaryOf(page)[2]?.figures.map(({ hash }) => hash)).toEqual([
      '#/anchors?status=UNRESOLVED',
      '#/anchors?status=IN_TEMPLATE_FENCE%2CTITLE_MISMATCH',
      '#/anchors?status=UNIQUE',
    ]);
  });

  it('does not call that failing which no result was read of', () => {
    const figures = summaryOf({ ...page, trace: { ...trace, results: [] } }).find(
      ({ title }) => title === 'Trace',
    )?.figures;
    expect(figures?.[0]).toEqual({
      count: 1,
      word: 'required and not verified: no test results were read',
      sign: 'covered',
      hash: '#/trace?required=unmet',
    });
  });

  it('begins the states of sessions with what somebody has to know of', () => {
    const states = ['COMPLETED', 'ACTIVE', 'CANCELLED', 'COMPLETED', 'BLOCKED', 'FAILED'];
    const sessions = { lanes: states.map((state) => ({ state, wp_id: 'WP-1-Spans-v1' })) };
    expect(
      summaryOf({ ...page, sessions })
        .at(-1)
        ?.figures.map(({ count, word, hash }) => `${count} ${word} ${hash}`),
    ).toEqual([
      '1 failed #/sessions?state=FAILED',
      '1 cancelled #/sessions?state=CANCELLED',
      '1 blocked #/sessions?state=BLOCKED',
      '1 active #/sessions?state=ACTIVE',
      '2 completed #/sessions?state=COMPLETED',
    ]);
    expect(elsewhere({ ...page, sessions }, 'WP-1-Spans-v1').at(-1)).toEqual({
      title: 'Sessions',
      count: 6,
      hash: '#/sessions?wp=WP-1-Spans-v1',
    });
  });

  it('and the navigation leave out what the report has nothing for', () => {
    const bare = { ...page, governance: null, trace: null };
    expect([summaryOf(bare), viewsOf(bare).map(({ title }) => title)]).toEqual([[], ['Overview']]);
    expect(viewsOf(page).map(({ title, count }) => `${title} ${count}`)).toEqual([
      'Overview null',
      'Packets 12',
      'Findings 243',
      'Anchors 5',
      'Drift 5',
      'Trace 7',
    ]);
  });
});
