import { describe, expect, it } from 'vitest';
import { commonRoots, selectOutputs } from '../../tools/cli/codegen/select.ts';
import { createOutput } from '../../tools/cli/output.ts';
import { CODEGEN_TARGETS, type CodegenOutput, type Config, defaultConfig } from '../../tools/config/index.ts';

const root = '/repo';
const configWith = (...outputs: CodegenOutput[]): Config => ({
  ...defaultConfig,
  codegen: { outputs, precedence: [], roots: ['Usual'] },
});
const TS: CodegenOutput = { target: 'typescript', out: 'src', roots: ['A'] };
const TS_ALL: CodegenOutput = { target: 'typescript', out: 'src/all', roots: [] };
const MD: CodegenOutput = { target: 'markdown', out: 'docs', roots: [] };

function select(config: Config, values: Record<string, string[]>): CodegenOutput[] {
  const stream = { write: () => true };
  const out = createOutput({ stdout: stream, stderr: stream, env: {} }, { color: false });
  const call = { root, cwd: `${root}/sub`, args: [], flags: new Set<string>(), json: false, quiet: false };
  return selectOutputs({ ...call, values, out }, config);
}

describe('the outputs of a call', () => {
  it.each<[name: string, values: Record<string, string[]>, outputs: CodegenOutput[]]>([
    ['none named: all that are configured', {}, [TS, TS_ALL, MD]],
    ['by target', { target: ['markdown'] }, [MD]],
    ['all of a target', { target: ['typescript'] }, [TS, TS_ALL]],
    ['a list, with blanks and twice', { target: ['markdown, typescript', 'markdown'] }, [MD, TS, TS_ALL]],
    [
      'one that is not configured: its usual folder and the usual roots',
      { target: ['samples'] },
      [{ target: 'samples', out: 'schemas/contracts', roots: ['Usual'] }],
    ],
    [
      'another folder, from where the call is made, and other roots',
      { target: ['markdown'], out: ['../x/'], roots: ['B,C'] },
      [{ target: 'markdown', out: 'x', roots: ['B', 'C'] }],
    ],
  ])('%s', (_, values, outputs) => {
    expect(select(configWith(TS, TS_ALL, MD), values)).toEqual(outputs);
  });

  it.each<[values: Record<string, string[]>, said: string]>([
    [{ target: ['markdwn'] }, '--target: Unexpected target markdwn, expected markdown'],
    [
      { target: ['rust'] },
      `--target: Unexpected target rust, expected one of: ${CODEGEN_TARGETS.join(', ')}`,
    ],
    [{ target: [','] }, '--target: Unexpected empty list, expected NAME or NAME,NAME'],
    [{ roots: [''] }, '--roots: Unexpected empty list, expected NAME or NAME,NAME'],
    [
      { out: ['x'] },
      '--out x: Unexpected folder for 2 outputs (typescript in src, markdown in docs), expected one of them by --target',
    ],
    [
      { target: ['markdown'], out: ['../.GOV/x'] },
      '--out ../.GOV/x: Unexpected folder, expected one outside .GOV, which holds governed documents',
    ],
  ])('%s is refused', (values, said) => {
    expect(() => select(configWith(TS, MD), values)).toThrow(
      expect.objectContaining({ name: 'UsageError', message: said }),
    );
  });

  it('the model that is printed has the roots that all of them have, else the usual ones', () => {
    const config = configWith(TS, MD);
    expect([commonRoots([TS], config), commonRoots([TS, MD], config)]).toEqual([['A'], ['Usual']]);
  });
});
