import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import {
  emit,
  type GenerateOptions,
  generate,
  type Ir,
  printIr,
  TARGETS,
} from '../../tools/contracts/index.ts';
import type { Snapshot } from '../../tools/snapshot/index.ts';
import { loadSpec, type SpecIndex } from '../../tools/spec/index.ts';
import { memorySnapshot } from '../artifacts/memory.ts';
import { bundleOf, cutLines, indexOf, laidOut } from '../spec/sections/layout.ts';
import { gov } from '../support/gov.ts';
import { differences, normalIr } from './normal-ir.ts';
import { OWN_OVERLAY, OWN_SPEC, ROOT, readOwn, readSpec, SESSION_ROOTS } from './spec-fixture.ts';

const overlay = { path: OWN_OVERLAY, text: readOwn(OWN_OVERLAY) };
const NAMES = [
  'ir',
  'out/contracts.schema.json',
  'out/events.md',
  'out/events.ts',
  'out/index.ts',
  'out/samples.json',
  'out/types.md',
  'out/types.ts',
  'told',
];
const own = () => readSpec(`${ROOT}${OWN_SPEC}`, OWN_SPEC);

/** Name → text of the model as it is printed and of every file of every target. */
function written(ir: Ir): Map<string, string> {
  const files = TARGETS.flatMap(({ name }) => emit(ir, { target: name, out: 'out' }));
  return new Map([['ir', printIr(ir)], ...files.map(({ path, text }) => [path, text] as const)]);
}

/** All that comes out, what is doubtful with it. */
function everything(index: SpecIndex, options: GenerateOptions = { overlay }): Map<string, string> {
  const { ir, diagnostics, counts } = generate(index, options);
  return written(ir).set('told', JSON.stringify({ diagnostics, counts }));
}

const contracts = (index: SpecIndex, options: GenerateOptions = { overlay }): Map<string, string> =>
  written(generate(index, options).ir);

/** The names alone: a file is long. */
const unlike = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] =>
  [...new Set([...one.keys(), ...other.keys()])].filter((name) => one.get(name) !== other.get(name));

/** The same things in every order. */
const ordersOf = <T>(things: readonly T[]) =>
  fc.shuffledSubarray([...things], { minLength: things.length, maxLength: things.length });

describe('the same spec gives the same bytes', () => {
  const expected = everything(own());

  it('read and generated twice in one process', () => {
    expect([...expected.keys()].sort()).toEqual(NAMES);
    expect(unlike(everything(own()), expected)).toEqual([]);
  });

  it('whatever order its blocks were found in', () => {
    const index = own();
    fc.assert(
      fc.property(ordersOf(index.blocks), (blocks) => {
        expect(unlike(contracts({ ...index, blocks }), contracts(index))).toEqual([]);
      }),
      { numRuns: 4 },
    );
  });

  it('whatever order the roots are named in', () => {
    const index = own();
    const closure = everything(index, { overlay, roots: SESSION_ROOTS });
    fc.assert(
      fc.property(ordersOf(SESSION_ROOTS), (roots) => {
        expect(unlike(everything(index, { overlay, roots }), closure)).toEqual([]);
      }),
      { numRuns: 4 },
    );
  });

  it('whether or not what prose says beside the definitions is judged', () => {
    const { ir, diagnostics } = generate(own(), { overlay, definitionsAlone: true });
    const whole = generate(own(), { overlay });
    expect(unlike(written(ir), written(whole.ir))).toEqual([]);
    const beside = whole.diagnostics.filter(({ rule }) => !diagnostics.some((told) => told.rule === rule));
    expect([...new Set(beside.map(({ rule }) => rule))].sort()).toEqual([
      'codegen/event-demanded',
      'codegen/open-vocabulary',
    ]);
  });

  it('in another language and another time zone, and as they are committed', () => {
    // Turkish has its own upper case of i; the islands are a day ahead.
    const env = { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati' };
    const printed = gov(ROOT, ['codegen', '--print', 'ir'], { env });
    expect([printed.code, printed.err, printed.out]).toEqual([0, '', `${expected.get('ir')}\n`]);
    expect(gov(ROOT, ['codegen', '--check', '--quiet'], { env })).toEqual({ code: 0, out: '', err: '' });
  });
});

describe('a spec of many files', () => {
  const text = readOwn(OWN_SPEC);
  const cuts = cutLines(indexOf(laidOut(text)), [1, 2]);
  const bundle = bundleOf(laidOut(text, { cuts, frontMatter: true }), 'master-spec-v02.195');
  const MANIFEST = '.GOV/spec/master-spec-v02.195/indexed-spec-manifest.json';
  const manifest = JSON.parse(bundle[MANIFEST]!) as {
    modules: unknown[];
    reconstruction: { module_order: string[] };
  };
  const read = async (snapshot: Snapshot): Promise<SpecIndex> => loadSpec(snapshot, { root: '/nowhere' });
  const changed = (change: object) =>
    memorySnapshot({ ...bundle, [MANIFEST]: JSON.stringify({ ...manifest, ...change }, null, 2) });

  /** A file system that lists in an order of its own, and hands out the first file last. */
  function shuffled(inner: Snapshot, paths: readonly string[]): Snapshot {
    const turns = new Map(paths.map((path, at) => [path, at]));
    const turn = (path: string): number => turns.get(path) ?? 0;
    return {
      id: inner.id,
      list: async (globs) => (await inner.list(globs)).sort((a, b) => turn(a) - turn(b)),
      async read(path) {
        const bytes = await inner.read(path);
        for (let turns = turn(path); turns > 0; turns--) await undefined;
        return bytes;
      },
    };
  }

  it('says the same as in one file, and the same bytes in whatever order a file system has them', async () => {
    const snapshot = memorySnapshot(bundle);
    const index = await read(snapshot);
    expect(index.files.length).toBe(cuts.length + 1);
    const expected = everything(index);
    expect(
      differences(normalIr(generate(index, { overlay }).ir), normalIr(generate(own(), { overlay }).ir)),
    ).toEqual([]);
    await fc.assert(
      fc.asyncProperty(ordersOf(Object.keys(bundle)), async (paths) => {
        expect(unlike(everything(await read(shuffled(snapshot, paths))), expected)).toEqual([]);
      }),
      { numRuns: 3 },
    );
  });

  it('the same bytes however the manifest lists its modules, as long as their order stands in it', async () => {
    const expected = everything(await read(memorySnapshot(bundle)));
    await fc.assert(
      fc.asyncProperty(ordersOf(manifest.modules), async (modules) => {
        expect(unlike(everything(await read(changed({ modules }))), expected)).toEqual([]);
      }),
      { numRuns: 3 },
    );
  });

  it('the same contracts whatever the order of its modules', async () => {
    const expected = normalIr(generate(await read(memorySnapshot(bundle)), { overlay }).ir);
    await fc.assert(
      fc.asyncProperty(ordersOf(manifest.reconstruction.module_order), async (order) => {
        const index = await read(changed({ reconstruction: { module_order: order } }));
        expect(differences(expected, normalIr(generate(index, { overlay }).ir))).toEqual([]);
      }),
      { numRuns: 6 },
    );
  });
});

describe('the answers of an overlay', () => {
  const source = parse(overlay.text) as { schema: string; answers: { section: string; quote: string }[] };
  const { section, quote } = source.answers[0]!;
  const defined = (name: string, answer: object) => ({ section, quote, define: name, ...answer });
  const answers = [
    ...source.answers,
    defined('OfOverlay', { record: { id: 'uuid', kind: 'KindOfOverlay', 'note?': 'string | null' } }),
    defined('KindOfOverlay', { enum: ['SMALL', 'LARGE'] }),
    defined('OtherOfOverlay', { alias: 'OfOverlay[]' }),
  ];

  /** Without the lines of the overlay, by which its types are sorted, too. */
  function apart(ir: Ir): Map<string, string> {
    const lineless = JSON.parse(printIr(ir), (_, value) =>
      value?.dialect === 'overlay' ? { ...value, line: 1 } : value,
    ) as Ir;
    const types = lineless.types.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    return written({ ...lineless, types });
  }

  it('in any order say the same', () => {
    const index = own();
    const irOf = (order: readonly object[]): Ir => {
      const reordered = { path: OWN_OVERLAY, text: stringify({ ...source, answers: order }) };
      const { ir, diagnostics } = generate(index, { overlay: reordered });
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      return ir;
    };
    const expected = apart(irOf(answers));
    expect(expected.get('ir')).toContain('KindOfOverlay');
    fc.assert(
      fc.property(ordersOf(answers), (order) => {
        expect(unlike(apart(irOf(order)), expected)).toEqual([]);
      }),
      { numRuns: 8 },
    );
  });
});
