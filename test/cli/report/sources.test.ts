import { expect, it } from 'vitest';
import { gatherSources } from '../../../tools/cli/report/sources.ts';
import { type Files, memorySnapshot, treeOf } from '../../artifacts/memory.ts';
import { baseFiles, baseSpec, SPEC, STUB } from '../../checks/base.ts';

async function gathered(files: Files, ...names: string[]) {
  const all = { ...baseFiles(), ...files };
  const opened = { snapshot: memorySnapshot(all), tree: await treeOf(all), spec: baseSpec() };
  return gatherSources(
    names.map((file) => ({ file, line: 1 })),
    opened,
  );
}

it('documents, the spec and code of the snapshot are there', async () => {
  const sources = await gathered({ 'src/a.ts': 'one\ntwo\n' }, STUB, SPEC, 'src/a.ts');
  expect(Object.keys(sources)).toEqual([STUB, SPEC, 'src/a.ts']);
  expect(sources['src/a.ts']).toEqual({ lines: 2, pieces: [{ from: 1, text: ['one', 'two'] }] });
  expect(sources[SPEC]!.pieces[0]!.text[0]).toBe('# Demo Master Spec');
});

it('a BOM and CRLF are no part of a line', async () => {
  const sources = await gathered({ 'a.md': '\uFEFFone\r\ntwo\r\n' }, 'a.md');
  expect(sources['a.md']).toEqual({ lines: 2, pieces: [{ from: 1, text: ['one', 'two'] }] });
});

it('what is no text, or no file, has no piece, and hides no other', async () => {
  const files: Files = {
    'bad.md': new Uint8Array([0x61, 0xff, 0x62]),
    'shut.md': { unreadable: 'denied' },
    'out.md': { unreadable: 'outside' },
    'ok.md': 'x\n',
  };
  const sources = await gathered(files, 'bad.md', 'shut.md', 'out.md', 'gone.md', '.GOV', 'ok.md');
  expect(Object.keys(sources)).toEqual(['ok.md']);
});

it('no absolute path is read, and nothing of git', async () => {
  const inside = [
    '/etc/passwd',
    'C:\\secret.txt',
    'c:/secret.txt',
    '.git/config',
    'a/.GIT/config',
    'a\\.git\\config',
  ];
  const files = Object.fromEntries(inside.map((path) => [path, 'secret\n']));
  expect(await gathered(files, ...inside)).toEqual({});
  expect(Object.keys(await gathered({ '.gitignore': 'x\n' }, '.gitignore'))).toEqual(['.gitignore']);
});
