import { compareText, type Finding, linePlace, sortFindings } from '../../findings/index.ts';
import type { SpecIndex } from '../../spec/index.ts';
import { answerKey, type Diagnostic, finding, settle } from '../diagnostics.ts';
import { EVENT_BASE } from '../dialects/typescript.ts';
import {
  type EventNode,
  type Evidence,
  type Field,
  type Ir,
  type RecordNode,
  refsOf,
  refsOfNode,
  type TypeNode,
} from '../ir.ts';
import type { Answers } from '../overlay/answers.ts';
import type { Collected } from './collect.ts';
import { buildEnvelope, correlate, nestPayload } from './envelope.ts';
import { resolvePayload } from './payloads.ts';
import { chooseEvents, chooseTypes } from './symbols.ts';

/** Makes one IR of what the blocks say and the overlay answers, narrowed to `roots` where they are given. */
export function resolve(
  index: SpecIndex,
  collected: Collected,
  answers: Answers,
  options: { roots?: readonly string[]; include: readonly string[] },
): { ir: Ir; diagnostics: Finding[] } {
  const types = chooseTypes(collected.types, answers.prefer);
  const events = chooseEvents(collected.events, answers.prefer);
  const all = new Map(types.chosen.map((node) => [node.name, node]));
  const notes: Diagnostic[] = [...collected.diagnostics, ...types.diagnostics, ...events.diagnostics];
  for (const node of answers.types) {
    const stated = all.get(node.name);
    if (stated) notes.push(needless(node, stated));
    else all.set(node.name, node);
  }
  notes.push(...missing(index, options, all, events.chosen));

  const wanted = options.roots === undefined ? undefined : new Set([...options.roots, ...options.include]);
  const reached = wanted === undefined ? new Set(all.keys()) : closure([...wanted], all);
  const records = [...reached].map((name) => all.get(name)).filter(isYamlRecord);
  const base = all.get(EVENT_BASE);
  const built = buildEnvelope(base?.kind === 'record' ? base : undefined, events.chosen, answers);
  notes.push(...built.diagnostics);

  const chosen = events.chosen.filter((event) => wanted === undefined || wanted.has(event.frId));
  const resolved = chosen.map((raw) => {
    const typed = resolvePayload(raw, records, answers);
    const nested = nestPayload(typed.event, built.envelope);
    const done = correlate(nested.event, answers);
    notes.push(...typed.diagnostics, ...nested.diagnostics, ...done.diagnostics);
    return done.event;
  });

  const outer = [...resolved.flatMap((event) => event.payload), ...(built.envelope?.fields ?? [])];
  for (const name of closure(
    outer.flatMap((field) => refsOf(field.type)),
    all,
  ))
    reached.add(name);
  const used = [...reached].map((name) => all.get(name)).filter((node) => node !== undefined);
  notes.push(...undefinedTypes(used, resolved, all));

  const order = fileOrder(index);
  const ir: Ir = {
    schema: 'govkit.ir@1',
    spec: { source: index.source, version: index.version, sha256: index.digest },
    types: used.sort((a, b) => order(a.evidence[0]!, b.evidence[0]!) || compareText(a.name, b.name)),
    events: resolved.sort((a, b) => compareText(a.frId, b.frId)),
    mentions: [],
    ...(built.envelope ? { envelope: built.envelope } : {}),
  };
  return {
    ir,
    diagnostics: sortFindings([...answers.findings, ...settle(open(notes, wanted, reached), answers.places)]),
  };
}

/** With roots, doubts about definitions that nobody asked for are nobody's concern. */
function open(notes: Diagnostic[], wanted: Set<string> | undefined, reached: Set<string>): Diagnostic[] {
  if (wanted === undefined) return notes;
  return notes.filter(({ finding: raw }) => {
    const name = raw.rule === 'codegen/duplicate-definition' ? String(raw.args.name) : undefined;
    return name === undefined || reached.has(name) || wanted.has(name);
  });
}

function closure(roots: string[], all: Map<string, TypeNode>): Set<string> {
  const reached = new Set<string>();
  const queue = roots.filter((name) => all.has(name));
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    queue.push(...refsOfNode(all.get(name)!).filter((next) => all.has(next)));
  }
  return reached;
}

function isYamlRecord(node: TypeNode | undefined): node is RecordNode {
  return node?.kind === 'record' && node.evidence[0]!.dialect === 'yaml';
}

function undefinedTypes(types: TypeNode[], events: EventNode[], all: Map<string, TypeNode>): Diagnostic[] {
  const uses = new Map<string, Evidence[]>();
  const note = (field: Field) => {
    if (field.evidence.some((evidence) => evidence.dialect === 'overlay')) return;
    for (const name of refsOf(field.type)) {
      const known = all.get(name);
      if (known !== undefined && known.evidence[0]!.dialect !== 'overlay') continue;
      uses.set(name, [...(uses.get(name) ?? []), field.evidence[0]!]);
    }
  };
  for (const node of types) if (node.kind === 'record') node.fields.forEach(note);
  for (const event of events) event.payload.forEach(note);
  return [...uses].map(([name, [first, ...rest]]) => ({
    key: answerKey.define(name),
    finding: finding(
      'undefined-type',
      'error',
      first!,
      `Unexpected type ${name}, expected one that the spec or the overlay defines`,
      {
        args: { name },
        related: rest.map((at) => ({ place: linePlace(at.file, at.line), note: 'used here too' })),
      },
    ),
  }));
}

/** The overlay may say what the spec does not; once the spec says it, the overlay has to go. */
function needless(node: TypeNode, stated: TypeNode): Diagnostic {
  const message = `Unexpected overlay definition of ${node.name}, expected none since the spec defines it`;
  const place = stated.evidence[0]!;
  const related = [{ place: linePlace(place.file, place.line), note: "the spec's definition" }];
  return { finding: finding('overlay-target', 'error', node.evidence[0]!, message, { related }) };
}

function missing(
  index: SpecIndex,
  options: { roots?: readonly string[]; include: readonly string[] },
  all: Map<string, TypeNode>,
  events: EventNode[],
): Diagnostic[] {
  const known = new Set([...all.keys(), ...events.map((event) => event.frId)]);
  const at = { file: index.files[0]?.path ?? index.source, line: 1 };
  return [...(options.roots ?? []), ...options.include]
    .filter((name) => !known.has(name))
    .map((name) => ({
      finding: finding(
        'unknown-root',
        'error',
        at,
        `Unexpected ${name}, expected a type or event that the spec defines`,
      ),
    }));
}

function fileOrder(index: SpecIndex): (a: Evidence, b: Evidence) => number {
  const at = new Map(index.files.map((file, order) => [file.path, order]));
  const rank = (evidence: Evidence) => at.get(evidence.file) ?? index.files.length;
  return (a, b) => rank(a) - rank(b) || compareText(a.file, b.file) || a.line - b.line;
}
