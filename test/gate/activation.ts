import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GovTree, readTree } from '../../tools/artifacts/index.ts';
import {
  type By,
  type Dossier,
  type Ground,
  openDossier,
  openLibrary,
  openRows,
  pinsOf,
  planApprove,
  planCreate,
  planPrepare,
  planRefine,
  planSign,
  type SpecLibrary,
  type StepPlan,
  unknownGround,
  type WpStatus,
  wpStatus,
} from '../../tools/gate/index.ts';
import { loadSpec, type SpecIndex } from '../../tools/spec/index.ts';
import { memorySnapshot } from '../artifacts/memory.ts';
import { BOARD, baseFiles, readBase, SPEC } from '../checks/base.ts';
import { AUDIT, audit, PACKET, REFINEMENT, WP } from './demo.ts';

export type Texts = Readonly<Record<string, string>>;

const template = (name: string): string =>
  readFileSync(join(import.meta.dirname, '..', '..', 'templates', name), 'utf8');
const BRANCH = `feat/${WP}`;
const WORKTREE = `../wt-${WP}`;
const POINTER = '.GOV/roles_shared/SPEC_CURRENT.md';

/** All of it is committed, and branch and worktree are there. */
export const GROUND: Ground = {
  ...unknownGround(Date.parse('2026-02-24T12:00:00Z')),
  committed: () => 'same',
  branches: new Set(['main', BRANCH]),
  worktrees: [{ path: WORKTREE, branch: BRANCH }],
};

export interface Judged {
  tree: GovTree;
  spec: SpecIndex;
  library: SpecLibrary;
  dossier: Dossier;
}

/** The tree as it is in memory, by the spec that its pointer names. */
export async function judged(files: Texts): Promise<Judged> {
  const snapshot = memorySnapshot(files);
  const tree = await readTree(snapshot);
  const spec = await loadSpec(snapshot, { root: '/nowhere' });
  const library = await openLibrary(snapshot, '/nowhere', pinsOf(tree), [spec]);
  return { tree, spec, library, dossier: openDossier(tree, spec, WP, library, GROUND) };
}

export async function statusIn(files: Texts): Promise<WpStatus> {
  const { tree, spec, library } = await judged(files);
  return wpStatus(tree, spec, WP, library, GROUND);
}

export function pointer(file: string): string {
  return `# SPEC_CURRENT\n\nThe current authoritative Master Specification is:\n\n**${file}**\n`;
}

/** The stub on the board and in the registry, an audit without rows, and the spec. */
function startFiles(): Record<string, string> {
  const board = readBase('board.md');
  return {
    ...baseFiles(),
    [BOARD]: board,
    [AUDIT]: audit(),
    [SPEC]: readBase('spec.md'),
    [POINTER]: pointer(SPEC),
  };
}

const by = (role: By['role'], minute: number): By => ({
  actor: 'ilja',
  role,
  time: `2026-02-24T10:${String(minute).padStart(2, '0')}:00Z`,
});

/** A work packet that the steps have taken from its stub to its packet: every file that stands there then. */
export async function activation(): Promise<Record<string, string>> {
  let files = startFiles();
  const take = async (plan: (judged: Judged) => StepPlan): Promise<void> => {
    const { unmet, writes } = plan(await judged(files));
    if (unmet.length > 0) throw new Error(unmet.map(({ message }) => message).join('\n'));
    files = { ...files };
    for (const [path, text] of writes) {
      if (text === undefined) delete files[path];
      else files[path] = text;
    }
  };
  await take(({ dossier, spec }) =>
    planRefine(dossier, by('Orchestrator', 0), {
      template: template('refinement.md'),
      specSha1: spec.files[0]!.sha1,
    }),
  );
  files[REFINEMENT] = answered(files[REFINEMENT]!);
  await take(({ dossier }) => {
    const open = openRows(dossier.refinement!);
    if (open.length > 0) throw new Error(JSON.stringify(open));
    return planApprove(dossier, by('Operator', 1));
  });
  await take(({ dossier }) =>
    planSign(dossier, by('Operator', 5), { signature: 'ilja240220261005', repository: undefined }),
  );
  await take(({ dossier }) =>
    planPrepare(dossier, by('Orchestrator', 6), {
      coder: 'Coder-A',
      branch: BRANCH,
      worktree: WORKTREE,
      base: 'a'.repeat(40),
    }),
  );
  await take(({ dossier }) =>
    planCreate(dossier, by('Orchestrator', 7), { template: template('packet.md') }),
  );
  if (files[PACKET] === undefined) throw new Error('no packet was made');
  return files;
}

/** What a person fills in. */
function answered(text: string): string {
  return text
    .replace(/\[ \] <PASS or FAIL>/g, '[x] PASS')
    .replace('VERDICT: <PASS or FAIL>', 'VERDICT: PASS')
    .replace(/<YES or NO>/g, 'NO')
    .replace('<LOW, MEDIUM or HIGH>', 'LOW')
    .replace('<fill: one exact file a line>', 'src/demo.ts')
    .replace(/<fill(?:[^>\n]*->)?[^>\n]*>/g, 'said by a person');
}
