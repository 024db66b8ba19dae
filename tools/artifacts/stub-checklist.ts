import type { Place } from '../findings/index.ts';
import { readTasks, type TaskItem } from '../markdown/index.ts';
import { type Document, findSection } from './document.ts';
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
}

/** The activation checklist: a task list or numbered steps. Unknown items survive as `other`. */
export function readChecklist(document: Document): Checklist | undefined {
  const section = findSection(document, /^ACTIVATION[_ ]CHECKLIST\b/i);
  if (section === undefined) return undefined;
  const tasks = readTasks(document.path, document.visible, section.line + 1, section.endLine);
  const items = tasks.map((task, index) => ({
    ...task,
    index: index + 1,
    intent: classifyItem(task.text, task.codeSpans),
  }));
  return { place: section.place, items };
}
