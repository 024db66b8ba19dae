import type { Place } from '../../findings/index.ts';
import { readTasks, type TaskItem } from '../../markdown/index.ts';
import { type Document, findSections } from '../document.ts';
import { classifyItem, type Intent } from './intent.ts';

export interface ChecklistItem extends TaskItem {
  /** From 1, as a person counts them. */
  index: number;
  intent: Intent;
}

export interface Checklist {
  /** Its heading. */
  place: Place;
  items: ChecklistItem[];
  /** Headings of parts that are nested too deeply to be read: what they ask for is not known. */
  unreadable: Place[];
}

/**
 * The activation checklist: a task list or numbered steps. Unknown items survive as `other`, and the items of
 * every section of that name count: one that stands before the real one takes nothing away from it.
 */
export function readChecklist(document: Document): Checklist | undefined {
  const sections = findSections(document, /^ACTIVATION[_ ]CHECKLIST\b/i);
  const first = sections[0];
  if (first === undefined) return undefined;
  const checklist: Checklist = { place: first.place, items: [], unreadable: [] };
  for (const { line, endLine, place } of sections) {
    const tasks = readTasks(document.path, document.visible, line + 1, endLine);
    if (tasks === undefined) checklist.unreadable.push(place);
    for (const task of tasks ?? []) {
      const intent = classifyItem(task.text, task.codeSpans);
      checklist.items.push({ ...task, index: checklist.items.length + 1, intent });
    }
  }
  return checklist;
}
