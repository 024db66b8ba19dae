import { describe, expect, it } from 'vitest';
import { emit, generate, TARGETS } from '../../tools/contracts/index.ts';
import { specOf } from './spec-fixture.ts';

const fence = (lang: string, text: string) => `\`\`\`${lang}\n${text}\n\`\`\`\n\n`;
const ts = (text: string) => `## 1.2 S\n\n${fence('ts', text)}`;
const yaml = (text: string) => `## 1.2 S\n\n${fence('yaml', text)}`;
const lines = (count: number, write: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => write(at)).join('\n');

/** What is told of a spec, once all of its outputs were made where nothing forbids it. */
function told(text: string): string[] {
  const { ir, diagnostics } = generate(specOf(text));
  if (diagnostics.every(({ severity }) => severity !== 'error'))
    for (const { name } of TARGETS) emit(ir, { target: name, out: 'out' });
  return diagnostics.map(({ severity, place, message }) => `${severity} ${place.line} ${message}`);
}

const DEEP =
  'warning 4 Unexpected type more than 24 levels deep in A, expected the inner levels as a type with a name; they are read as any JSON';
const REFUSED = 'warning 4 Unexpected TypeScript (nested too deep), expected declarations';

describe('a block that nests deeper than a stack', () => {
  it.each([
    [
      'objects, 2,000 levels',
      `interface A { x: ${'{ a: '.repeat(2000)}string${' }'.repeat(2000)} }`,
      REFUSED,
    ],
    ['objects, 400 levels', `interface A { x: ${'{ a: '.repeat(400)}string${' }'.repeat(400)} }`, DEEP],
    ['lists of lists, 400 levels', `interface A { x: string${'[]'.repeat(400)} }`, DEEP],
    ['lists of lists, 5,000 levels', `interface A { x: string${'[]'.repeat(5000)} }`, REFUSED],
    ['`Array<Array<`', `interface A { x: ${'Array<'.repeat(100_000)}string${'>'.repeat(100_000)} }`, REFUSED],
    [
      'functions of functions',
      `type A = ${'(x: '.repeat(100_000)}string${') => void'.repeat(100_000)}`,
      REFUSED,
    ],
    ['a chain of operators', `type A = ${'keyof '.repeat(100_000)}string`, REFUSED],
    ['a chain of arrows', `const a = ${'x => '.repeat(100_000)}1`, REFUSED],
  ])('%s', (_, text, said) => {
    expect(told(ts(text))).toEqual(text.startsWith('const') ? [said] : [said]);
  });

  it('unions in unions are written in time that grows with their size', () => {
    const text = `interface A { x: ${'{ a: string } | { b: '.repeat(12)}string${' }'.repeat(12)} }`;
    expect(told(ts(text))).toEqual([]);
  });

  it('brackets in texts and comments are letters', () => {
    const text = lines(600, (at) => `/* ( */ interface A${at} { /* { */ a: '(' | "[" | '<' // [`);
    expect(told(ts(text.replaceAll('// [', '} // [')))).toEqual([]);
  });
});

describe('a large block is read in time that grows with its size', () => {
  it.each([
    ['a record of 20,000 fields', yaml(`A:\n${lines(20_000, (at) => `  f${at}: string`)}`)],
    [
      'an interface of 20,000 fields',
      ts(`interface A {\n${lines(20_000, (at) => `  f${at}: string; // c`)}\n}`),
    ],
    [
      'an interface of 20,000 fields without marks at their ends',
      ts(`interface A {\n${lines(20_000, (at) => `  f${at}?: string`)}\n}`),
    ],
    ['20,000 types with comments', ts(lines(20_000, (at) => `// c\ntype A${at} = string // d`))],
    ['an enum of 50,000 members', yaml(`A: enum\n${lines(50_000, (at) => `  - M${at}`)}`)],
    ['a union of 50,000 words', ts(`type A =\n${lines(50_000, (at) => `  | 'M${at}'`)};`)],
  ])('%s', { timeout: 20_000 }, (_, text) => {
    expect(told(text)).toEqual([]);
  });

  it('a payload of 50,000 items, and one of commas alone', { timeout: 20_000 }, () => {
    const items = Array.from({ length: 50_000 }, (_, at) => `a${at}: enum [A, B]`).join(', ');
    const event = (payload: string) => yaml(`FR-EVT-X-001:\n  event_type: "x"\n  payload: { ${payload} }`);
    expect(generate(specOf(event(`session_id: uuid, ${items}`))).counts).toMatchObject({
      events: 1,
      fields: 50_001,
    });
    expect(generate(specOf(event(', '.repeat(300_000)))).counts).toMatchObject({ events: 1, fields: 0 });
  });
});

describe('types that hold each other many times', () => {
  const event = "/** FR-EVT-X-001 */\ninterface XEvent extends FlightRecorderEventBase { type: 'x'; r: R0 }";
  const overlay = `schema: govkit.overlay@1
answers:
  - section: '1.2'
    quote: 'interface FlightRecorderEventBase { type: string }'
    envelope: { discriminator: type, accepts: [], id_field: id, payload: nested, fields: {} }
`;
  const samplesOf = (types: string) => {
    const text = `interface FlightRecorderEventBase { type: string }\n${types}\n${event}`;
    const { ir } = generate(specOf(ts(text)), { overlay: { path: 'overlay.yaml', text: overlay } });
    return JSON.parse(emit(ir, { target: 'samples', out: 'out' })[0]!.text).events;
  };

  it('have samples of bounded size, or none', () => {
    const ring = lines(12, (at) => `interface R${at} { ${lines(12, (to) => `f${to}: R${to}[];`)} }`);
    expect(Object.keys(samplesOf(ring))).toEqual(['FR-EVT-X-001']);
    const tree = lines(30, (at) => `interface R${at} { a: R${at + 1}; b: R${at + 1} }`);
    expect(samplesOf(`${tree}\ninterface R30 { x: string }`)).toEqual({});
  });

  it.each([
    ['Partial<T>', (at: number) => `a: Partial<R${at}>; b: Partial<R${at}>`],
    ['T["field"]', (at: number) => `a: [R${at}["a"], R${at}["a"]]; b: string`],
  ])('by %s stay a name beyond a size', (_, write) => {
    const types = `interface R0 { a: string; b: string }\n${lines(30, (at) => `interface R${at + 1} { ${write(at)} }`)}`;
    expect(told(ts(types))[0]).toMatch(
      /^warning \d+ Unexpected type .* of R1\d\.a, expected one that the IR carries$/,
    );
  });
});
