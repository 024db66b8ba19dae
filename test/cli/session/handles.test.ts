import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handlesOf } from '../../../tools/cli/session/handles.ts';

const named = (session_id: string, request_id: string | null = null) => ({ session_id, request_id });

const LEAD = '019c8ee0-7280-7000-8002-000000000089';
const SCOUT = '019c8ee0-7280-7000-8006-000000000089';
const CODER = '5f0e81df-d441-5993-8d4d-764ccd0f9487';
const OTHER = '5f0e91df-d441-5993-8d4d-764ccd0f9487';
const LATER = '019c8ee0-7280-7000-8002-0000000000c1';

describe('how a session is called', () => {
  it.each([
    [[CODER], CODER, '5f0e…'],
    [[CODER, OTHER], CODER, '5f0e8…'],
    [[LEAD, LATER], LATER, '019c…c1'],
    [[LEAD, SCOUT], LEAD, '019c…2-000000000089'],
    [['ab', 'cd'], 'ab', 'ab'],
  ])('of %j, %s is shown as %s', (ids, id, short) => {
    const handles = handlesOf(
      ids.map((each) => named(each)),
      new Map(),
    );
    expect(handles.shortOf(id)).toBe(short);
  });

  it('what is shown can be typed, and means that session alone', () => {
    const ids = fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(ids, fc.nat(12), (made, alike) => {
        // As ids of one moment: the same beginning.
        const all = [...new Set(made.map((id, at) => (at < alike ? `019c8ee0-7280-${id.slice(14)}` : id)))];
        const handles = handlesOf(
          all.map((id) => named(id)),
          new Map(),
        );
        for (const id of all) expect(handles.find(handles.shortOf(id))).toEqual([id]);
      }),
    );
  });

  it.each([
    ['an id', CODER, [CODER]],
    ['an id in capitals', CODER.toUpperCase(), [CODER]],
    ['the beginning of one', '5f0e8', [CODER]],
    ['the beginning of two', '5f0e', [CODER, OTHER]],
    ['three characters', '5f0', []],
    ['beginning and end', '019c…089', [LEAD, SCOUT]],
    ['beginning and end, typed', '019c...2-000000000089', [LEAD]],
    ['two gaps', '019c…0…89', []],
    ['a name of the scenario', 'lead', [LEAD]],
    ['a name of a request', 'parser', [CODER]],
    ['a name in other letters', 'Parser', []],
    ['a request that nobody named', '0c8d2a4e-1111-4111-8111-111111111111', []],
    ['nothing', '', []],
  ])('%s: %s is %j', (_, text, ids) => {
    const handles = handlesOf(
      [
        named(LEAD),
        named(SCOUT),
        named(CODER, 'parser'),
        named(OTHER, '0c8d2a4e-1111-4111-8111-111111111111:1'),
      ],
      new Map([['lead', LEAD]]),
    );
    expect(handles.find(text)).toEqual(ids);
  });

  it('a name that two have stands for neither', () => {
    const handles = handlesOf(
      [named(CODER, 'part'), named(OTHER, 'part'), named(LEAD)],
      new Map([['lead', LEAD]]),
    );
    expect(handles.find('part')).toEqual([CODER, OTHER]);
    expect([handles.nameOf(CODER), handles.labelOf(CODER), handles.typedOf(CODER)]).toEqual([
      'part',
      '5f0e8…',
      CODER,
    ]);
    expect([handles.nameOf(LEAD), handles.labelOf(LEAD), handles.typedOf(LEAD)]).toEqual([
      'lead',
      'lead',
      'lead',
    ]);
    expect(handles.nameOf(SCOUT)).toBe(null);
  });
});
