import { describe, expect, it } from 'vitest';
import { fixtureIndex } from '../spec-fixture.ts';

const sections = (text: string): string[] =>
  fixtureIndex(text).sections.map(
    ({ line, endLine, level, number, title }) => `${line}-${endLine} h${level} ${number ?? '-'} ${title}`,
  );

const findings = (text: string): string[] =>
  fixtureIndex(text).findings.map(
    ({ rule, severity, place, message }) => `${place.line}-${place.endLine} ${severity} ${rule} ${message}`,
  );

describe('underlined headings', () => {
  it('=== makes a section, with or without a number', () => {
    expect(sections('Spec\n====\n\n## 1.1 A\n\n§2 B\n=====\n\nNotes\n=====\n')).toEqual([
      '1-5 h1 - Spec',
      '4-5 h2 1.1 A',
      '6-8 h1 2 B',
      '9-10 h1 - Notes',
    ]);
  });
  it('--- makes one of a text with a number, tags taken off', () => {
    expect(sections('# 1. A\n\n1.2 Scope (Normative)\n---\ntext\n\n## 1.3 B\n')).toEqual([
      '1-7 h1 1 A',
      '3-6 h2 1.2 Scope',
      '7-7 h2 1.3 B',
    ]);
  });
  it('one over several lines begins at its first', () => {
    expect(sections('# 1. A\n\n1.2 A long\ntitle\n---\ntext\n')).toEqual([
      '1-6 h1 1 A',
      '3-6 h2 1.2 A long title',
    ]);
  });
  it('text that merely stands above --- makes a warning instead', () => {
    const text = '# 1. A\n\nSome prose\nof two lines.\n---\n\n## 1.1 B\n';
    expect(sections(text)).toEqual(['1-7 h1 1 A', '7-7 h2 1.1 B']);
    expect(findings(text)).toEqual([
      '3-5 warning spec/accidental-heading Unexpected text directly above the --- of line 5, which reads as a heading, expected a blank line between them',
    ]);
  });
  it('not in a template, which other readers see as code', () => {
    expect(findings('# 1. A\n\n```md\nprose\n---\n```\n')).toEqual([]);
  });
  it('the recipe of a converted comment does not apply: only # makes those', () => {
    expect(sections('# 1. A\n\n# Define metrics\n\nMetrics\n===\n')).toEqual([
      '1-4 h1 1 A',
      '5-6 h1 - Metrics',
    ]);
  });
});

describe('broken fences', () => {
  it('one heading is lost', () => {
    expect(findings('# 1. A\n\n```\n## 1.2 B\n```js\nx\n```\n')).toEqual([
      '3-3 warning spec/broken-fence Unexpected fence: a stray fence without an opener: line 4 would be inside it, expected an opening fence before it (read by repair rule R1; without it 1 heading from line 4 on is lost)',
    ]);
  });
  it('what a nested fence hides is told once, by the first in its template', () => {
    const nested = ['```yaml', 'a: 1', '```'];
    const lines = [
      '```md',
      ...nested,
      '',
      ...nested,
      ...nested,
      '```',
      '## 1.2 B',
      '## 1.3 C',
      '```',
      'x',
      '```',
    ];
    expect(fixtureIndex(lines.join('\n')).findings.map(({ place, args }) => [place.line, args])).toEqual([
      [
        2,
        {
          repair: 'R2',
          note: 'a fence of the same length inside the md fence of line 1',
          hides: 2,
          first: '1.2 B',
          firstLine: 13,
        },
      ],
      [6, { repair: 'R2', note: 'a fence of the same length inside the md fence of line 1', hides: 0 }],
      [9, { repair: 'R2', note: 'a fence of the same length inside the md fence of line 1', hides: 0 }],
    ]);
  });
});
