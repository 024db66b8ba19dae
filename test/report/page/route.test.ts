import { describe, expect, it } from 'vitest';
import { sliceOf } from '../../../tools/report/page/shell/paging.ts';
import { chosen, matcher, withQuery, withToggled } from '../../../tools/report/page/shell/query.ts';
import { hashOf, parseRoute } from '../../../tools/report/page/shell/route.ts';
import { signOf } from '../../../tools/report/page/shell/signs.ts';

describe('the address of a view', () => {
  it('is read as it was written, whatever stands in it', () => {
    const path = ['WP-1-A/b', '100 %', 'ä?#&"'];
    const query = new URLSearchParams({ text: 'a&b=c #d', severity: 'error,info' });
    const route = parseRoute(hashOf({ view: 'packets', path, query }));
    expect([route.view, route.path, route.query.toString()]).toEqual(['packets', path, query.toString()]);
  });

  it.each([
    ['', '', []],
    ['#/', '', []],
    ['#/findings/anchor/unresolved', 'findings', ['anchor', 'unresolved']],
    ['#/packets/%E0%A4%A', 'packets', ['%E0%A4%A']],
  ])('%j leads to the view %j', (hash, view, path) => {
    expect(parseRoute(hash)).toMatchObject({ view, path });
  });

  it('keeps the filter and leaves the page of rows when a value changes', () => {
    const route = parseRoute('#/findings/anchor?severity=error&page=3&page-text%2Fbom=2&at=a%3A1&paged=x');
    expect(withQuery(route, { text: 'spec' })).toBe('#/findings/anchor?severity=error&paged=x&text=spec');
    expect(withQuery(route, { severity: '', text: null })).toBe('#/findings/anchor?paged=x');
  });

  it('puts a value of a filter in, and takes it out again', () => {
    const none = parseRoute('#/findings');
    const one = withToggled(none, 'severity', 'error');
    const two = withToggled(parseRoute(one), 'severity', 'info');
    expect([one, two]).toEqual(['#/findings?severity=error', '#/findings?severity=error%2Cinfo']);
    expect(chosen(parseRoute(two), 'severity')).toEqual(['error', 'info']);
    expect(withToggled(parseRoute(two), 'severity', 'error')).toBe('#/findings?severity=info');
  });
});

describe('a filter by words', () => {
  it.each([
    ['', true],
    ['  ', true],
    ['spawn CONTRACT', true],
    ['contract spawn', true],
    ['spawn missing', false],
    ['contractspawn', false],
  ])('%j: %j', (wanted, holds) => {
    expect(matcher(wanted)('The Spawn', null, undefined, 'contract')).toBe(holds);
  });
});

describe('a page of rows', () => {
  const rows = Array.from({ length: 250 }, (_, at) => at);

  it.each([
    [null, -1, 0, 0, 99],
    ['2', -1, 1, 100, 199],
    ['3', -1, 2, 200, 249],
    ['99', -1, 2, 200, 249],
    ['0', -1, 0, 0, 99],
    ['-4', -1, 0, 0, 99],
    ['x', -1, 0, 0, 99],
    ['1.5', -1, 0, 0, 99],
    [null, 230, 2, 200, 249],
    ['1', 230, 0, 0, 99],
  ])('asked for %j with the row %i marked, it is page %i', (asked, marked, page, first, last) => {
    const slice = sliceOf(rows, asked, marked);
    expect([slice.page, slice.pages, slice.first, slice.rows[0], slice.rows.at(-1)]).toEqual([
      page,
      3,
      first,
      first,
      last,
    ]);
  });

  it('is one and empty where there are none', () => {
    expect(sliceOf([], '5')).toEqual({ rows: [], page: 0, pages: 1, first: 0 });
  });
});

describe('the sign of a word', () => {
  it('is a shape of its own for each state of a checklist', () => {
    const words = ['proven', 'attested', 'needs you', 'open', 'failed', 'not needed'];
    expect(words.map((word) => signOf(word).mark)).toEqual([
      'tick',
      'half',
      'diamond',
      'ring',
      'cross',
      'dash',
    ]);
  });

  it('is plain for a word that nobody knows, the names of objects among them', () => {
    expect([signOf('whatever'), signOf('constructor')]).toEqual([
      { mark: 'ring', tone: 'plain' },
      { mark: 'ring', tone: 'plain' },
    ]);
  });
});
