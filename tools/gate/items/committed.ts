import type { Dossier } from '../dossier.ts';
import { absent, type Judgement, judged } from '../model.ts';
import { nextStep } from '../next.ts';

/** What is not committed nobody else can find; undefined for what is. */
export function uncommitted({ ground }: Pick<Dossier, 'ground'>, path: string): Judgement | undefined {
  const state = ground.committed(path);
  if (state === 'same') return undefined;
  if (state === 'unknown') {
    const detail = `cannot prove that ${path} is committed: this is no repository of its own`;
    return judged('NEEDS_HUMAN', [{ kind: 'repository', file: path, line: 1, detail }]);
  }
  const detail = state === 'absent' ? 'not committed yet' : 'it differs from what is committed';
  return absent(`${path}: ${detail}`, nextStep.commit(path), { file: path, line: 1 });
}
