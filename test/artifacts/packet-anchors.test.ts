import { describe, expect, it } from 'vitest';
import { readPacket } from '../../tools/artifacts/index.ts';
import { fileOf, textAt } from './memory.ts';

const read = (text: string) => readPacket(fileOf('.GOV/task_packets/WP-1-Demo-v1.md', text));
const anchors = (text: string): string[] => read(text).specAnchors.map((anchor) => anchor.text);

describe('the anchors of a packet', () => {
  it.each<[string, string, string[]]>([
    ['one value', '- SPEC_ANCHOR: Demo_Spec_v02.1.md 1.1 Law', ['Demo_Spec_v02.1.md 1.1 Law']],
    ['bold', '- **SPEC_ANCHOR**: §2.6.6.7', ['§2.6.6.7']],
    [
      'several values, but for a semicolon in a note',
      '- SPEC_ANCHOR: Demo_Spec_v02.1.md 1.1 (a; b); 1.2; 1.3',
      ['Demo_Spec_v02.1.md 1.1 (a; b)', '1.2', '1.3'],
    ],
    [
      'a list',
      '- SPEC_ANCHOR:\n  - A_Spec_v02.1.md 1.1\n  - 1.2\n- Codex: x',
      ['A_Spec_v02.1.md 1.1', '1.2'],
    ],
    ['a section', '### SPEC_ANCHOR\n- **1.1** Law\n- 1.2\n### Other\n- 1.3', ['**1.1** Law', '1.2']],
    ['twice the same', '- SPEC_ANCHOR: 1.1\n## Scope\n- SPEC_ANCHOR: 1.1', ['1.1']],
    ['none', '- Codex: x', []],
    ['without a value', '- SPEC_ANCHOR:\n- Codex: x', []],
  ])('%s', (_, text, expected) => {
    expect(anchors(`## AUTHORITY\n${text}\n`)).toEqual(expected);
  });

  it('those of the authority section go before others, and a report has none', () => {
    const text =
      '- SPEC_ANCHOR: 9.9\n## AUTHORITY\n- SPEC_ANCHOR: 1.1\n## VALIDATION_REPORTS\n- SPEC_ANCHOR: 8.8\n';
    expect(anchors(text)).toEqual(['1.1']);
    expect(anchors('- SPEC_ANCHOR: 9.9\n## VALIDATION_REPORTS\n- SPEC_ANCHORS: 8.8\n')).toEqual(['9.9']);
  });

  it('stand where they say', () => {
    const packet = read('## AUTHORITY\n- SPEC_ANCHOR: 1.1 a;  1.2 b\n');
    expect(packet.specAnchors.map(({ place }) => textAt(packet.file, place))).toEqual(['1.1 a', '1.2 b']);
  });
});

describe('the spec that a packet was written against', () => {
  it.each([
    ['its baseline', '- SPEC_BASELINE: Demo_Spec_v02.134.md (recorded_at: x)', 'v02.134'],
    ['the target, resolved', '- SPEC_TARGET: .GOV/SPEC_CURRENT.md -> Demo_Spec_v02.113.md', 'v02.113'],
    ['a version without a file', '- **SPEC_CURRENT**: SPEC_CURRENT.md (Master Spec v02.93)', 'v02.93'],
    [
      'the baseline before the target',
      '- SPEC_TARGET: a -> Demo_Spec_v02.2.md\n- SPEC_BASELINE: Demo_Spec_v02.1.md',
      'v02.1',
    ],
    ['nothing', '- SPEC_TARGET: .GOV/roles_shared/SPEC_CURRENT.md (resolved later)', undefined],
  ])('%s', (_, text, version) => {
    expect(read(`## AUTHORITY\n${text}\n`).pin.version).toBe(version);
  });

  it('is not what a report says', () => {
    expect(read('## VALIDATION_REPORTS\n- SPEC_BASELINE: Demo_Spec_v02.1.md\n').pin).toEqual({});
  });
});
