import { type Finding, linePlace } from '../../findings/index.ts';
import { type Diagnostic, finding } from '../diagnostics.ts';
import type { Type, TypeNode } from '../ir.ts';

type Types = ReadonlyMap<string, TypeNode>;

/** How many records may stand one upon the other: each of them is written out with all fields below it. */
const DEEPEST = 50;

/** `type A = B; type B = A` says nothing of either, and no compiler takes it. */
export function aliasCycles(used: readonly TypeNode[], all: Types): Diagnostic[] {
  const next = (name: string): string[] => {
    const node = all.get(name);
    return node?.kind === 'alias' ? bareRefs(node.type) : [];
  };
  return circles(
    used.filter(({ kind }) => kind === 'alias').map(({ name }) => name),
    next,
  ).map((circle) => {
    const nodes = circle.map((name) => all.get(name)!);
    const [first, ...others] = nodes;
    const path = [...circle, circle[0]!].join(' = ');
    const message = `Unexpected type ${shortened(path)}, which is nothing but itself, expected a type to end in`;
    return told('alias-cycle', first!, others, message);
  });
}

/** What a record extends is a record; it is never reached from itself, and not through a tower of others. */
export function unusableBases(used: readonly TypeNode[], all: Types): Diagnostic[] {
  const next = (name: string): string[] => {
    const node = all.get(name);
    return node?.kind === 'record'
      ? (node.extends ?? []).filter((base) => all.get(base)?.kind === 'record')
      : [];
  };
  const found = used.flatMap((node) => {
    if (node.kind !== 'record') return [];
    return (node.extends ?? []).flatMap((name) => {
      const base = all.get(name);
      if (base?.kind === 'record') return [];
      if (base === undefined && /^\w+$/.test(name)) return [];
      const what = base === undefined ? shortened(name) : `${base.kind} ${name}`;
      const message = `Unexpected ${what} as the base of ${node.name}, expected a record`;
      return told('base-unusable', node, base ? [base] : [], message);
    });
  });
  const records = used.filter(({ kind }) => kind === 'record').map(({ name }) => name);
  const round = circles(records, next);
  for (const circle of round) {
    const [first, ...others] = circle.map((name) => all.get(name)!);
    const path = shortened([...circle, circle[0]!].join(' extends '));
    found.push(
      told(
        'base-unusable',
        first!,
        others,
        `Unexpected circle ${path}, expected a record that extends no other`,
      ),
    );
  }
  if (round.length > 0) return found;
  const height = new Map<string, number>();
  for (const name of inOrder(records, next)) {
    const at = 1 + Math.max(0, ...next(name).map((base) => height.get(base) ?? 0));
    height.set(name, at);
    if (at !== DEEPEST + 1) continue;
    const message = `Unexpected ${name} upon ${DEEPEST} records that extend each other, expected at most ${DEEPEST - 1}`;
    found.push(told('base-unusable', all.get(name)!, [], message));
  }
  return found;
}

function told(rule: string, first: TypeNode, others: readonly TypeNode[], message: string): Diagnostic {
  const related: Finding['related'] = others.map(({ name, evidence }) => ({
    place: linePlace(evidence[0]!.file, evidence[0]!.line),
    note: name,
  }));
  const raw = finding(rule, 'error', first.evidence[0]!, message, { related });
  return { owner: [first.name, ...others.map(({ name }) => name)], firm: true, finding: raw };
}

/** The names that a type is by itself, also as one of several; what stands in a list or an object is looked at later. */
function bareRefs(type: Type): string[] {
  if (type.kind === 'ref') return [type.name];
  return type.kind === 'union' ? type.of.flatMap(bareRefs) : [];
}

/** Each circle once, from the name at which it is first entered. A stack and no recursion: a chain may be long. */
function circles(names: readonly string[], next: (name: string) => string[]): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  for (const start of names) {
    if (done.has(start)) continue;
    const path: { name: string; rest: string[] }[] = [{ name: start, rest: next(start) }];
    const open = new Map([[start, 0]]);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const to = top.rest.shift();
      if (to === undefined) {
        done.add(top.name);
        open.delete(top.name);
        path.pop();
      } else if (open.has(to)) found.push(path.slice(open.get(to)).map(({ name }) => name));
      else if (!done.has(to)) {
        open.set(to, path.length);
        path.push({ name: to, rest: next(to) });
      }
    }
  }
  return found;
}

/** Whatever a name leads to before the name itself; only where nothing leads in a circle. */
function inOrder(names: readonly string[], next: (name: string) => string[]): string[] {
  const out: string[] = [];
  const seen = new Set<string>();
  for (const start of names) {
    const path = seen.has(start) ? [] : [{ name: start, rest: next(start) }];
    seen.add(start);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const to = top.rest.shift();
      if (to === undefined) out.push(path.pop()!.name);
      else if (!seen.has(to)) {
        seen.add(to);
        path.push({ name: to, rest: next(to) });
      }
    }
  }
  return out;
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
