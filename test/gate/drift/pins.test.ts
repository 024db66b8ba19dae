import { describe, expect, it } from 'vitest';
import { readTree } from '../../../tools/artifacts/index.ts';
import { foldLine } from '../../../tools/gate/drift/fold.ts';
import { type Pin, pinsOf } from '../../../tools/gate/index.ts';
import { memorySnapshot } from '../../artifacts/memory.ts';
import {
  demoFiles,
  MODEL,
  OLD,
  PACKET,
  packetText,
  REFINEMENT,
  refinementText,
  SIGNATURE,
  STUB,
  sha1Of,
  specText,
  stubText,
} from './demo-spec.ts';

async function pins(change: Record<string, string> = {}): Promise<Pin[]> {
  return pinsOf(await readTree(memorySnapshot(demoFiles(change))));
}

const at = async (path: string, change: Record<string, string>): Promise<Pin[]> =>
  (await pins(change)).filter(({ file }) => file === path);

describe('the pins of a tree', () => {
  it('are those of refinements, packets and stubs, each with what it names and who signed', async () => {
    const sha1 = sha1Of(specText());
    expect(
      (await pins()).map(({ kind, wpId, line, spec, signature }) => [kind, wpId, line, spec, signature]),
    ).toEqual([
      ['refinement', 'WP-1-Demo-v1', 10, { file: OLD, version: 'v02.134', sha1 }, SIGNATURE],
      ['refinement', 'WP-1-Demo-v1', 28, { file: OLD, version: 'v02.134', sha1 }, SIGNATURE],
      ['packet', 'WP-1-Demo-v1', 8, { file: OLD, version: 'v02.134' }, SIGNATURE],
      ['stub', 'WP-1-Later-v1', 6, { file: OLD, version: 'v02.134' }, undefined],
    ]);
  });

  it('a refinement that is not signed has no signature', async () => {
    const [pin] = await at(REFINEMENT, { [REFINEMENT]: refinementText({ signature: '<pending>' }) });
    expect(pin!.signature).toBeUndefined();
  });

  it.each([
    ['of its own name', 'Demo_Spec_v02.133.md 1.1.1', { file: 'Demo_Spec_v02.133.md', version: 'v02.133' }],
    ['of its baseline', '1.1.1 Session Model', { file: OLD, version: 'v02.134' }],
    [
      'of its own path',
      '.GOV/spec/Demo_Spec_v02.133.md 1.1.1',
      { file: 'Demo_Spec_v02.133.md', version: 'v02.133' },
    ],
  ])('the anchor of a packet counts in the spec %s', async (_, anchor, spec) => {
    expect((await at(PACKET, { [PACKET]: packetText(anchor) }))[0]!.spec).toEqual(spec);
  });

  it('a stub pins only what its line names', async () => {
    expect((await at(STUB, { [STUB]: stubText('1.1.1 Session Model') }))[0]!.spec).toEqual({});
  });

  it.each([
    ['a line of its window', `${OLD}:9 a session`, 9],
    ['a whole number outside its window: a chapter', `${OLD}:3 Sessions`, undefined],
    ['a section', `${OLD}:1.1.1 Session Model`, undefined],
    ['a number after a blank', `${OLD} 9`, undefined],
  ])('FILE:N of a refinement is %s', async (_, text, line) => {
    const [pin] = await at(REFINEMENT, { [REFINEMENT]: refinementText({ anchors: [{ ...MODEL, text }] }) });
    expect(pin!.specLine).toBe(line);
  });
});

it.each([
  ['  a\t b  ', 'a b'],
  ['\\u00A7 4', '\u00a7 4'],
  ['\u00c2\u00a7 4', '\u00a7 4'],
  ['\\\\u00E2\\\\u20AC\\\\u2122s', '\u2019s'],
  ['say \\"so\\"', 'say "so"'],
  ['a\u00a0b', 'a b'],
])('folds %s', (text, folded) => {
  expect(foldLine(text)).toBe(folded);
  expect(foldLine(folded)).toBe(folded);
});
