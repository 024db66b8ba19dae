import { columns, count, fold, type Output, pad, visible } from '../output.ts';
import type { InitReport } from '../schemas/init.ts';

type Action = InitReport['steps'][number]['action'];

/** The word of each action when it is done, and when it is planned. */
const WORDS: Record<Action, readonly [did: string, would: string]> = {
  repository: ['made', 'make'],
  create: ['made', 'make'],
  append: ['extended', 'extend'],
  configure: ['set', 'set'],
  left: ['left', 'leave'],
  removed: ['removed', 'remove'],
  restored: ['restored', 'restore'],
};

const NOTES: Readonly<Record<string, string>> = {
  justfile: 'just lists the recipes',
  '.gitattributes': 'governed files keep LF',
  '.gitignore': 'installed packages stay out',
};

/** So many files of the tree have a line each; more are counted. */
const FEW = 5;

/** One line for each thing. */
export function printInit(out: Output, { steps, did, recovered }: InitReport): void {
  if (recovered) out.line('a run that was cut short had left something, which was taken back first');
  const tense = did === 'planned' ? 1 : 0;
  const inTree = steps.filter(
    ({ path, action, adopted }) => path.startsWith('.GOV/') && action !== 'left' && adopted === undefined,
  );
  const tree = inTree.length > FEW ? inTree : [];
  const seen = new Set<string>();
  for (const step of steps) {
    const grouped = tree.includes(step);
    const word = WORDS[step.action][tense];
    if (!grouped) {
      printStep(out, word, step.path, notesOf(step));
    } else if (!seen.has(word)) {
      seen.add(word);
      const files = tree.filter(({ action }) => WORDS[action][tense] === word);
      const spec = files.find(({ path }) => path.startsWith('.GOV/spec/') && path.endsWith('.md'));
      const named = spec === undefined ? '' : `, with ${visible(spec.path.slice('.GOV/spec/'.length))}`;
      printStep(out, word, '.GOV', [`${count(files.length, 'file')}${named}`]);
    }
  }
}

const INDENT = 10;

/** Notes beside the path, one a line; below it where the terminal has no room for them. */
function printStep(out: Output, word: string, path: string, notes: readonly string[]): void {
  const head = `${pad(word, INDENT)}${pad(visible(path), 28)} `;
  const shown = notes.map(visible);
  if (shown.every((note) => columns(head) + columns(note) <= out.limit)) {
    for (const [at, note] of shown.entries()) out.line((at === 0 ? head : ' '.repeat(columns(head))) + note);
    return;
  }
  const room = out.limit - INDENT;
  for (const [at, part] of fold(visible(path), room).entries())
    out.line(pad(at === 0 ? word : '', INDENT) + part);
  for (const note of shown) for (const part of fold(note, room)) out.line(' '.repeat(INDENT) + part);
}

/** Of lines to add each one; else a note, which may be empty. */
function notesOf(step: InitReport['steps'][number]): string[] {
  if (step.why !== undefined || step.added === undefined) return [step.why ?? noteOf(step)];
  return step.added
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => `+ ${line}`);
}

function noteOf({ action, path, adopted }: InitReport['steps'][number]): string {
  if (adopted !== undefined)
    return `${count(adopted, 'finding')} of before adopted: only others fail (gov check --baseline)`;
  if (action === 'repository') return 'git init: there was none';
  if (action === 'configure') return 'git merges board, registry and audit row by row';
  if (action !== 'create') return '';
  if (/hooks\/pre-(?:merge-)?commit$/.test(path)) return 'each commit is judged';
  if (path.startsWith('.github/')) return 'each change is judged against its base';
  return NOTES[path] ?? '';
}
