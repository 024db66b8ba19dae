import type { Stub } from '../stub/stub.ts';
import type { ChecklistItem } from '../stub/stub-checklist.ts';
import { emptyPlan, type LinePlan, splice } from './lines.ts';
import { Unprintable } from './unprintable.ts';

/** The item ticked, or not. An odd box becomes an ordinary one. */
export function tickedItem(item: ChecklistItem, checked: boolean): ChecklistItem {
  return { ...item, checked, box: checked ? 'x' : ' ' };
}

/** Plans the boxes of a checklist that differ from what was read. */
export function planBoxes(plan: LinePlan, stub: Stub, read: Stub): void {
  const originals = read.checklist?.items ?? [];
  const items = stub.checklist?.items ?? [];
  if (items.length !== originals.length) {
    throw new Unprintable(
      stub.path,
      'number of items',
      `${items.length}`,
      `${originals.length} as it stands`,
    );
  }
  for (const [index, item] of items.entries()) {
    const original = originals[index]!;
    if (item.box === original.box && item.checked === original.checked) continue;
    const { boxPlace } = original;
    const box = item.box ?? '';
    if (boxPlace === undefined || item.checked !== stateOf(box)) {
      throw new Unprintable(
        stub.path,
        `state of item ${index + 1}`,
        box,
        'a box that says it',
        original.place,
      );
    }
    const { line, column, endColumn } = boxPlace;
    const text = plan.replace.get(line) ?? stub.file.lines[line - 1]!;
    plan.replace.set(line, splice(text, column, endColumn - column, `[${box}]`));
  }
}

/** After printing: every box says what it should. */
export function checkBoxes(stub: Stub, again: Stub): void {
  const left = emptyPlan();
  planBoxes(left, stub, again);
  if (left.replace.size === 0) return;
  throw new Unprintable(stub.path, 'box', [...left.replace.values()][0]!, 'one that reads back as itself');
}

function stateOf(box: string): boolean | undefined {
  return /^[ xX]$/.test(box) ? box !== ' ' : undefined;
}
