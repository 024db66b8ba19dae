import type { Affected, RebaseDocument, RebaseTarget } from '../../gate/index.ts';
import { changeOf } from '../../spec/index.ts';

/** What a person does about an anchor that stays where it is. */
export function nextFor(document: RebaseDocument, each: Affected, target: RebaseTarget): string {
  const { pin, change } = each;
  if (change === 'SPEC_FILE_ABSENT')
    return `put ${pin.spec.file} back into the tree, or anchor it anew in ${target.to.version}`;
  if (change === 'SPEC_HASH_MISMATCH') return `find out which bytes were signed, and write their sha1`;
  if (isLoss(each)) return `${review(each, target)}, then ${thenFor(document)}`;
  return `gov spec resolve '${pin.anchor.text.replaceAll("'", `'\\''`)}'`;
}

/** What is done by hand when the change has been looked at. */
export function thenFor({ kind, signature }: RebaseDocument): string {
  if (kind === 'stub') return 'write its line anew';
  return `edit its window and excerpt${signature ? ' and sign anew' : ''}`;
}

export function isLoss({ change }: Affected): boolean {
  return change === 'CHANGED' || change === 'GONE' || change === 'RENUMBERED';
}

/** The command that shows what became of the clause. */
function review({ pin, clauses = [] }: Affected, { to, library, diffFrom }: RebaseTarget): string {
  const found = library.find(pin.spec);
  const changed =
    found.state === 'FOUND'
      ? clauses.find((clause) => {
          const change = changeOf(diffFrom(found.spec), clause);
          return change.change !== 'SAME' && change.change !== 'MOVED';
        })
      : undefined;
  const number = changed?.number ?? pin.query.number;
  const anchor = number === undefined ? '' : ` --anchor ${number}`;
  return `gov spec diff ${pin.spec.version ?? ''} ${to.version}${anchor} --patch`;
}

export interface NextStep {
  left: readonly RebaseDocument[];
  /** Something could be rewritten and is not yet. */
  unwritten: boolean;
  /** The path of the target, where it has to be committed first. */
  uncommitted?: string | undefined;
}

/** The one command that comes next. */
export function nextOf({ left, unwritten, uncommitted }: NextStep, target: RebaseTarget): string | undefined {
  if (unwritten) {
    return uncommitted === undefined
      ? `gov spec rebase --to ${target.to.version}`
      : `git add ${quoted(uncommitted)} && git commit`;
  }
  const anchors = left.flatMap((document) => document.left);
  const changed = anchors.find((each) => isLoss(each) && each.pin.spec.version !== undefined);
  if (changed !== undefined) return review(changed, target);
  const absent = left.filter((document) => document.left.some(({ change }) => change === 'SPEC_FILE_ABSENT'));
  if (absent.length === 0 || absent.length < left.length) return undefined;
  const [first] = absent;
  return absent.some(({ kind }) => kind === 'stub')
    ? 'gov spec resolve --stubs'
    : `gov wp status ${first!.wpId}`;
}

function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
