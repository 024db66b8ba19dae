import { linePlace } from '../../findings/index.ts';
import type { LedgerFold } from '../ledger/fold.ts';
import { type Printable, printDocument } from '../print/print.ts';
import { Unprintable } from '../print/unprintable.ts';
import type { LedgerFacts } from '../tree/facts.ts';
import { type GovTree, stubOf } from '../tree/tree.ts';
import { auditRows } from './audit.ts';
import { boardEntries } from './board.ts';
import { expectations, foldsOf } from './drift.ts';
import type { Expected } from './expected.ts';
import { registryRows } from './registry.ts';
import { renderStub, stubDrift } from './stub.ts';
import type { Drift, Told, Unrendered } from './told.ts';

export interface Renderings {
  /** Whole files, those that differ from what stands there alone. */
  writes: Map<string, string>;
  drift: Drift[];
  missing: Unrendered[];
}

/**
 * Board entry, registry row, audit rows and the stub's ticks of the work packets that have a ledger: written by the
 * tool, and never by hand (pain P1: one fact, many writable copies). Of others nothing is touched.
 */
export function renderTree(
  tree: GovTree,
  folds: ReadonlyMap<string, LedgerFold> = foldsOf(tree),
  all: readonly LedgerFacts[] = tree.ledger,
): Renderings {
  const told: Told = { drift: [], missing: [] };
  const writes = new Map<string, string>();
  const keep = (
    document: { path: string; file: { text: string; bom: boolean } },
    printed: Printable,
  ): void => {
    const { text, bom } = document.file;
    const after = printedOr(told, document.path, printed);
    if (after !== undefined && after !== (bom ? `\ufeff${text}` : text)) writes.set(document.path, after);
  };
  const expected = expectations(tree, folds, all);
  const standing = expected.some((each) => each.standing !== undefined);
  const { board, registry, audit, folder } = tree;
  if (standing) {
    if (board === undefined)
      told.missing.push(absent(`${folder}/roles_shared/TASK_BOARD.md`, 'a Task Board'));
    else keep(board, { ...board, entries: boardEntries(board, expected, told) });
    if (registry?.headerLine === undefined) {
      const path = registry?.path ?? `${folder}/roles_shared/WP_TRACEABILITY_REGISTRY.md`;
      told.missing.push(absent(path, 'a registry with its table'));
    } else keep(registry, { ...registry, rows: registryRows(tree, registry, expected, told) });
  }
  if (expected.some(({ signatures }) => signatures.length > 0)) {
    if (audit?.headerLine === undefined) {
      const path = audit?.path ?? `${folder}/roles_shared/SIGNATURE_AUDIT.md`;
      told.missing.push(absent(path, 'a signature audit with its table'));
    } else keep(audit, { ...audit, rows: auditRows(audit, expected, told) });
  }
  for (const each of expected) {
    const stub = stubOf(tree, each.wpId);
    if (stub === undefined || each.standing === undefined || each.standing === 'gone') continue;
    const before = told.drift.length;
    stubDrift(stub, each, told);
    keep(stub, renderStub(stub, each.standing));
    // Its ticks alone.
    if (writes.has(stub.path) && told.drift.length === before) told.drift.push(ticks(stub, each));
  }
  return { writes, ...told };
}

function ticks({ path, checklist }: NonNullable<ReturnType<typeof stubOf>>, each: Expected): Drift {
  const { wpId, standing, owner } = each;
  const activated = standing !== 'gone' && standing?.activated === true;
  const odd = checklist?.items.find(
    ({ boxPlace, checked }) => boxPlace !== undefined && checked !== activated,
  );
  const box = (ticked: boolean): string => (ticked ? 'a ticked item' : 'an open item');
  return {
    surface: 'stub',
    wpId,
    place: odd?.boxPlace ?? linePlace(path, 1),
    found: box(odd?.checked === true),
    expected: box(activated),
    owner,
  };
}

function absent(path: string, expected: string): Unrendered {
  const message = `Unexpected nothing, expected ${expected} to record in`;
  return { place: linePlace(path, 1), message };
}

/** A document that cannot hold what it is to say (a table in a table's place) is one more that has no place for it. */
function printedOr({ missing }: Told, path: string, printed: Printable): string | undefined {
  try {
    return printDocument(printed);
  } catch (error) {
    if (!(error instanceof Unprintable)) throw error;
    missing.push({ place: error.place ?? linePlace(path, 1), message: error.message });
    return undefined;
  }
}
