import { describe, expect, it } from 'vitest';
import { baseWpId, isWpId, parseSignature, wpIdFrom, wpIdsIn } from '../../tools/artifacts/index.ts';
import { UsageError } from '../../tools/findings/index.ts';

describe('work-packet ids', () => {
  it.each([
    ['WP-1-Session-Spawn-Contract-v1', 'WP-1-Session-Spawn-Contract'],
    ['WP-1-MEX-v1.2-Runtime-v3', 'WP-1-MEX-v1.2-Runtime'],
    ['WP-1-Spec-Creation-System-v2.2.1-v1', 'WP-1-Spec-Creation-System-v2.2.1'],
    ['WP-1-Tokenization-Service-20251228', 'WP-1-Tokenization-Service-20251228'],
    ['WP-KERNEL-001-Core-v1', 'WP-KERNEL-001-Core'],
    ['WP-1-Double-v1-v2', 'WP-1-Double-v1'],
  ])('%s has base %s', (id, base) => {
    expect(wpIdFrom(id)).toBe(id);
    expect(baseWpId(id)).toBe(base);
  });

  it.each([
    '',
    'WP-',
    'WP-1-',
    'WP-/../../../../evil',
    'WP-1-../x',
    'WP-1-x; echo INJECTED',
    'WP-1-x\n',
    'wp-1-x',
    'WP-1-a..b',
    'WP-1-a/b',
    'x WP-1-a',
  ])('%j is none', (text) => {
    expect(isWpId(text)).toBe(false);
    expect(() => wpIdFrom(text)).toThrow(UsageError);
  });

  it('says what an id looks like', () => {
    expect(() => wpIdFrom('WP-1-../x')).toThrow(
      '"WP-1-../x" is no work-packet id (expected WP-<phase>-<Name>[-vN], for example WP-1-Session-Spawn-Contract-v1)',
    );
  });

  it('finds ids in a line without their punctuation', () => {
    const found = wpIdsIn('see WP-1-A-v1; (WP-1-MEX-v1.2-Runtime-v3). xWP-1-No', 'f.md', 3);
    expect(found.map(({ id, place }) => [id, place.line, place.column])).toEqual([
      ['WP-1-A-v1', 3, 5],
      ['WP-1-MEX-v1.2-Runtime-v3', 3, 17],
    ]);
  });
});

describe('parseSignature', () => {
  it.each([
    ['ilja240220260346', '2026-02-24T03:46:00', false],
    ['a290220242359', '2024-02-29T23:59:00', false],
    ['a290220262359', undefined, undefined],
    ['ilja251225032800', '2025-12-25T03:28:00', true],
    ['ilja999999999999', undefined, undefined],
    ['ilja310220260000', undefined, undefined],
    ['ilja240220262400', undefined, undefined],
    ['ilja', undefined, undefined],
    ['Ilja240220260346', undefined, undefined],
    ['NOT-A-SIGNATURE', undefined, undefined],
  ])('%s', (text, at, legacy) => {
    expect([parseSignature(text)?.at, parseSignature(text)?.legacy]).toEqual([at, legacy]);
  });
});
