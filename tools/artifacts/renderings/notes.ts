import { decode } from '../../text/index.ts';
import { readRegistry } from '../registry.ts';
import type { NotePart } from '../registry-notes.ts';
import type { Standing } from './expected.ts';

/** Parts that say which file is active, and from where: the tool's. What a person wrote beside them stays. */
const OWN: ReadonlySet<NotePart['kind']> = new Set(['active', 'activated_from', 'stub']);

type Part = Pick<NotePart, 'kind' | 'text' | 'value' | 'ids'>;

/** Whether the notes of a row say what the ledger has, in whatever order and with whatever beside it. */
export function notesRight(parts: readonly Part[], wpId: string, standing: Standing): boolean {
  const { activated, stubPath, supersedes } = standing;
  const says = (kind: NotePart['kind']): (string | undefined)[] =>
    parts.filter((part) => part.kind === kind).map(({ value }) => value?.text);
  const named = parts.some(({ ids }) => ids.some(({ text }) => text === supersedes));
  if (supersedes !== undefined && !named) return false;
  const [active, from] = [says('active'), says('activated_from')];
  if (!activated) return active.length === 0 && from.length === 0;
  return (
    active.length === 1 &&
    active[0] === wpId &&
    from.length === 1 &&
    from[0] === stubPath &&
    says('stub').length === 0
  );
}

/** The notes of a row, written anew: the tool's parts in the place of those that were, or before all others. */
export function notesFor(parts: readonly Part[] | undefined, wpId: string, standing: Standing): string {
  const { activated, stubPath, supersedes, was } = standing;
  // A packet that was taken back leaves the notes as they were, unless somebody has written on since.
  if (!activated && parts !== undefined && was?.notes !== undefined) {
    const then = turned(partsIn(was.notes), wpId, { activated: true, stubPath, supersedes });
    if (then === parts.map(({ text }) => text).join('; ')) return was.notes;
  }
  return turned(parts ?? [], wpId, { activated, stubPath, supersedes });
}

type Own = Pick<Standing, 'activated' | 'stubPath'> & { supersedes: string | undefined };

function turned(parts: readonly Part[], wpId: string, { activated, stubPath, supersedes }: Own): string {
  const own = activated ? [`active=${wpId}`, `activated from stub ${stubPath}`] : ['stub'];
  // A dash says that there are none.
  const others = parts.filter(({ text }) => text !== '-');
  const at = others.findIndex(({ kind }) => OWN.has(kind));
  const texts: string[] = at < 0 ? [...own] : [];
  const named = others.some(({ ids }) => ids.some(({ text }) => text === supersedes));
  const list = named ? undefined : others.find(({ kind }) => kind === 'supersedes');
  for (const [index, part] of others.entries()) {
    if (index === at) texts.push(...own);
    if (OWN.has(part.kind)) continue;
    texts.push(part === list && supersedes !== undefined ? `${part.text}, ${supersedes}` : part.text);
  }
  if (supersedes !== undefined && !named && list === undefined)
    texts.splice(texts.indexOf(own.at(-1)!) + 1, 0, `supersedes: ${supersedes}`);
  return texts.join('; ');
}

/** Read as a cell of the registry is. */
function partsIn(notes: string): NotePart[] {
  const cell = notes.replaceAll('|', '\\|');
  const text = `| Base WP ID | Active Packet | Task Board | Notes |\n|-|-|-|-|\n| - | - | - | ${cell} |\n`;
  return readRegistry(decode('notes', new TextEncoder().encode(text))).rows[0]?.parts ?? [];
}
