import { describe, expect, it } from 'vitest';
import { readRefinement } from '../../../tools/artifacts/index.ts';
import { refinementPins } from '../../../tools/gate/drift/pins.ts';
import { checkWindow } from '../../../tools/gate/index.ts';
import { buildIndex, specFileOf } from '../../../tools/spec/index.ts';
import { fileOf } from '../../artifacts/memory.ts';
import { type DemoAnchor, MODEL, OLD, REFINEMENT, refinementText, specText } from './demo-spec.ts';

const spec = buildIndex(OLD, [specFileOf(OLD, Buffer.from(specText()))]);

function check(change: Partial<DemoAnchor>, edit: (text: string) => string = (text) => text) {
  const text = edit(refinementText({ anchors: [{ ...MODEL, ...change }] }));
  return checkWindow(spec, refinementPins(readRefinement(fileOf(REFINEMENT, text)))[0]!);
}

describe('what holds', () => {
  it.each<[string, Partial<DemoAnchor>, number]>([
    ['the whole window, escapes and fences included', {}, 6],
    [
      'some of its lines, in their order',
      { excerpt: ['### 1.1.1 Session Model (Normative)', 'A state is never lost.'] },
      2,
    ],
    ['with other blanks', { excerpt: ['A  session has a state,\tsays \u00a74.  '] }, 1],
    [
      'with what was left out marked',
      { excerpt: ['### 1.1.1 Session Model (Normative)', '...', 'A state is never lost.'] },
      2,
    ],
    ['the beginning of a line', { excerpt: ['A session has ...'] }, 1],
    ['the end of a line', { excerpt: ['... is never lost.'] }, 1],
    ['escaped twice, as some tools do', { excerpt: ['A session has a state, says \\\\u00A74.'] }, 1],
    ['escaped after its encoding broke', { excerpt: ['A session has a state, says \\u00C2\\u00A74.'] }, 1],
  ])('%s', (_, change, quoted) => {
    const { state, quoted: lines, of } = check(change);
    expect([state, lines, of]).toEqual(['HOLDS', quoted, 6]);
  });

  it('says how much of the window is quoted', () => {
    expect([check({}).detail, check({ excerpt: ['A state is never lost.'] }).detail]).toEqual([
      'token and excerpt stand in lines 7-15',
      'token and excerpt stand in lines 7-15 (1 of 6 lines)',
    ]);
  });
});

describe('what does not', () => {
  it.each<[string, Partial<DemoAnchor>, string, string]>([
    [
      'other words',
      { excerpt: ['A state is never found.'] },
      'EXCERPT_MISMATCH',
      '"A state is never found." is not in lines 7-15 of the spec',
    ],
    [
      'another order',
      { excerpt: ['A state is never lost.', 'limit: 4 # default 3'] },
      'EXCERPT_MISMATCH',
      '"limit: 4 # default 3" is not in lines 7-15 of the spec after line 15, but at line 12',
    ],
    [
      'part of a line, unmarked: what is left out may be the NOT',
      { excerpt: ['is never lost.'] },
      'EXCERPT_MISMATCH',
      '"is never lost." is not in lines 7-15 of the spec',
    ],
    ['nothing but dots', { excerpt: ['...'] }, 'NO_EXCERPT', 'it quotes nothing'],
    ['nothing', { excerpt: [] }, 'NO_EXCERPT', 'it quotes nothing'],
    [
      'a line past the window',
      { excerpt: ['Three levels, counted from the root.'] },
      'EXCERPT_MISMATCH',
      '"Three levels, counted from the root." is not in lines 7-15 of the spec, but at line 23',
    ],
    [
      'G06: a token one line past the window',
      { token: '1.1.2 Spawn Rules' },
      'TOKEN_OUTSIDE_WINDOW',
      '"1.1.2 Spawn Rules" is not in lines 7-15: the nearest is line 17',
    ],
    [
      'a token that is nowhere',
      { token: 'no such' },
      'TOKEN_OUTSIDE_WINDOW',
      '"no such" is not in lines 7-15: and nowhere in the file',
    ],
  ])('%s', (_, change, state, detail) => {
    const found = check(change);
    expect([found.state, found.detail]).toEqual([state, detail]);
  });

  it('G05: an excerpt that was invented is named with its line, and with what the spec says instead', () => {
    const found = check({ excerpt: ['### 1.1.1 Session Model (Normative)', 'A state is seldom lost.'] });
    expect([found.line, found.found, found.expected]).toEqual([
      17,
      'A state is seldom lost.',
      'A state is never lost.',
    ]);
  });

  it.each<[string, (text: string) => string, string]>([
    ['no window', (text) => text.replace('END_LINE: 15', 'END_LINE: soon'), 'NO_WINDOW'],
    ['a window past the end', (text) => text.replace('END_LINE: 15', 'END_LINE: 99'), 'WINDOW_OUTSIDE_FILE'],
    ['no token', (text) => text.replace(/- CONTEXT_TOKEN.*\n/, ''), 'NO_TOKEN'],
    ['no excerpt', (text) => text.replace(/- EXCERPT_ASCII_ESCAPED[\s\S]*$/, ''), 'NO_EXCERPT'],
  ])('%s', (_, edit, state) => {
    expect(check({}, edit).state).toBe(state);
  });
});
