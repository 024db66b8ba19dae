import { describe, expect, it } from 'vitest';
import { checkOverlay } from '../../tools/contracts/index.ts';
import { UnreadableFile } from '../../tools/snapshot/index.ts';
import { OWN_OVERLAY, OWN_SPEC, ROOT, readOwn, readSpec, specOf } from './spec-fixture.ts';

const SPEC = specOf('## 1.2 Shapes\n\n```yaml\nA:\n  calls: ToolCall[]\n```\n');
const HEAD = 'schema: govkit.overlay@1\nanswers:\n';
const entry = (quote: string, ...rest: string[]) =>
  `${HEAD}  - section: '1.2'\n    quote: '${quote}'\n${rest.map((line) => `    ${line}\n`).join('')}`;
const SOUND = entry('calls: ToolCall[]', 'define: ToolCall', 'alias: json');

const check = (text: string | Uint8Array, index: Parameters<typeof checkOverlay>[2] = SPEC) =>
  checkOverlay(
    'o.yaml',
    async () => (typeof text === 'string' ? new TextEncoder().encode(text) : text),
    index,
  );

describe('checkOverlay', () => {
  it('a sound overlay has no findings, and neither has our own', async () => {
    expect(await check(SOUND)).toEqual([]);
    const own = readSpec(`${ROOT}${OWN_SPEC}`, OWN_SPEC);
    expect(await check(readOwn(OWN_OVERLAY), own)).toEqual([]);
  });

  it.each<[string, string | Uint8Array, string, RegExp, number]>([
    ['no YAML', `${HEAD}  - [`, 'overlay-invalid', /^Unexpected YAML: /, 3],
    ['nothing in it', '', 'overlay-invalid', /^Unexpected null at the document, expected a map$/, 1],
    [
      'another schema',
      'schema: x\nanswers: []\n',
      'overlay-invalid',
      /^Unexpected "x" at schema, expected govkit\.overlay@1$/,
      1,
    ],
    [
      'an entry with two answers',
      `${SOUND}    prefer: A\n`,
      'overlay-invalid',
      /^Unexpected entry with 2/,
      3,
    ],
    [
      'a type that is none',
      entry('A:', 'define: B', 'alias: Map<int>'),
      'overlay-invalid',
      /^Unexpected type "Map<int>"/,
      3,
    ],
    [
      'a quote that the spec no longer has',
      entry('gone', 'define: B', 'alias: int'),
      'overlay-stale',
      /^Unexpected quote "gone"/,
      3,
    ],
    ['an alias that leads nowhere', `${HEAD}  - *nobody\n`, 'overlay-invalid', /^Unexpected YAML: /, 1],
    [
      'more aliases than any overlay needs',
      `a: &a [${'x,'.repeat(200)}]\nb: &b [${'*a,'.repeat(200)}]\nc: [${'*b,'.repeat(200)}]\n`,
      'overlay-invalid',
      /^Unexpected YAML: /,
      1,
    ],
    [
      'bytes that are no UTF-8',
      new Uint8Array([0x61, 0x0a, 0xff]),
      'overlay-unreadable',
      /^Unexpected byte 0xff, expected UTF-8$/,
      2,
    ],
  ])('%s', async (_, text, rule, message, line) => {
    const found = await check(text);
    expect(found).toMatchObject([
      {
        rule: `codegen/${rule}`,
        severity: 'error',
        place: { file: 'o.yaml', line },
        message: expect.stringMatching(message),
      },
    ]);
  });

  it('one that is not there', async () => {
    const read = async (path: string) => Promise.reject(new UnreadableFile(path, 'missing'));
    expect(await checkOverlay('o.yaml', read, SPEC)).toMatchObject([
      {
        rule: 'codegen/overlay-unreadable',
        message: 'Unexpected absence of o.yaml, expected the overlay that gov.config.yaml names',
      },
    ]);
  });

  it('one that may not be read, and a read that fails for another reason', async () => {
    const denied = async (path: string) => Promise.reject(new UnreadableFile(path, 'denied'));
    expect(await checkOverlay('o.yaml', denied, SPEC)).toMatchObject([
      { message: 'Unexpected file that may not be read, expected the overlay that gov.config.yaml names' },
    ]);
    await expect(checkOverlay('o.yaml', () => Promise.reject(new Error('disk')), SPEC)).rejects.toThrow(
      'disk',
    );
  });

  it('without a spec the form is checked, and no quote is called stale', async () => {
    expect(
      await checkOverlay(
        'o.yaml',
        async () => new TextEncoder().encode(entry('gone', 'define: B', 'alias: int')),
        undefined,
      ),
    ).toEqual([]);
    expect(await checkOverlay('o.yaml', async () => new TextEncoder().encode('x'), undefined)).toHaveLength(
      1,
    );
  });
});
