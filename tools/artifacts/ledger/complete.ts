import type { z } from 'zod';
import type { Finding } from '../../findings/index.ts';
import { isRecord } from '../json/json.ts';
import type { JsonNode } from '../json/json-node.ts';
import { rfc3339 } from '../rfc3339.ts';
import { isLedgerKind, LEDGER_KINDS, mayWrite } from './kinds.ts';

/** What follows from every one of these. */
const NOTHING = 'it settles nothing';

/** Longer values are cut in a message. */
const SHOWN = 60;

/**
 * Why an entry settles nothing, though it hangs in the chain as any other: it lacks a field, nobody knows its kind,
 * its role may not write it, or it does not say what its kind says. Undefined where nothing is wrong.
 */
export function whyIncomplete(path: string, root: JsonNode): Finding | undefined {
  const content = root.value as Record<string, unknown>;
  const lacking = lackingFields(content);
  if (lacking.length > 0) {
    const message = `Unexpected entry without ${lacking.join(', ')}, expected actor, role, time (RFC 3339), parents and data: ${NOTHING}`;
    const { place } = root.at(lacking[0]!) ?? root;
    return {
      rule: 'ledger/field-missing',
      severity: 'error',
      place,
      message,
      args: { path, fields: lacking },
    };
  }
  const [kind, role] = [content.kind as string, content.role as string];
  if (!isLedgerKind(kind)) {
    const known = Object.keys(LEDGER_KINDS).join(', ');
    const message = `Unexpected kind "${kind}", expected one of ${known}: ${NOTHING}`;
    return {
      rule: 'ledger/unknown-kind',
      severity: 'error',
      ...at(root, 'kind'),
      message,
      args: { path, kind },
    };
  }
  if (!mayWrite(role, kind)) {
    const roles = LEDGER_KINDS[kind].roles.join(' or ');
    const message = `Unexpected role ${shown(JSON.stringify(role))} of an entry "${kind}", expected ${roles}: ${NOTHING}`;
    const args = { path, kind, role };
    return { rule: 'ledger/role-may-not-write', severity: 'error', ...at(root, 'role'), message, args };
  }
  const [issue] = LEDGER_KINDS[kind].data.safeParse(content.data).error?.issues ?? [];
  return issue === undefined ? undefined : wrongData(path, kind, root.at('data')!, issue);
}

function at(root: JsonNode, key: string): Pick<Finding, 'place' | 'found'> {
  const { place, source } = root.at(key)!;
  return { place, found: source };
}

function wrongData(path: string, kind: string, data: JsonNode, issue: z.core.$ZodIssue): Finding {
  const unknown = issue.code === 'unrecognized_keys';
  const keys = [...issue.path, ...(unknown ? issue.keys.slice(0, 1) : [])].map(String);
  let node: JsonNode | undefined = data;
  let last = data;
  for (const key of keys) {
    node = node?.at(key);
    last = node ?? last;
  }
  const name = ['data', ...keys].join('.');
  const told = { rule: 'ledger/field-missing', severity: 'error', place: last.place } as const;
  const args = { path, fields: [name] };
  if (node === undefined)
    return {
      ...told,
      message: `Unexpected entry "${kind}" without ${name}, expected ${expected(issue)}: ${NOTHING}`,
      args,
    };
  const what = unknown ? `field ${name}` : `${name} ${shown(node.source)}`;
  const wanted = unknown ? `only what an entry "${kind}" says` : expected(issue);
  return { ...told, found: node.source, message: `Unexpected ${what}, expected ${wanted}: ${NOTHING}`, args };
}

function shown(source: string): string {
  return source.length > SHOWN ? `${source.slice(0, SHOWN)}…` : source;
}

function expected(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_type':
      return issue.expected === 'string'
        ? 'a text'
        : issue.expected === 'int'
          ? 'a whole number'
          : 'an object';
    case 'too_small':
      return `at least ${issue.minimum}`;
    default:
      return issue.message;
  }
}

function lackingFields(content: Record<string, unknown>): string[] {
  const { actor, role, time, parents, data } = content;
  const said = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';
  const lists = Array.isArray(parents) && parents.every((each) => typeof each === 'string');
  return [
    ...(said(actor) ? [] : ['actor']),
    ...(said(role) ? [] : ['role']),
    ...(typeof time === 'string' && rfc3339(time) !== undefined ? [] : ['time']),
    ...(lists ? [] : ['parents']),
    ...(isRecord(data) ? [] : ['data']),
  ];
}
