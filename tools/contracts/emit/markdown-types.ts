import { compareText } from '../../findings/index.ts';
import type { EnumNode, Ir, TypeNode } from '../ir.ts';
import { fieldTable } from './markdown-fields.ts';
import {
  CONTENTS,
  EVENTS_PAGE,
  EVENTS_TITLE,
  type Links,
  origin,
  TYPES_PAGE,
  TYPES_TITLE,
} from './markdown-page.ts';
import { code, paragraph, plainText, table, words } from './markdown-text.ts';

const PAGE = TYPES_PAGE;

/** `types.md`: every record, enum and alias, where it comes from and who uses it. */
export function typesPage(ir: Ir, links: Links): string {
  const rows = [...ir.types]
    .sort((a, b) => compareText(a.name, b.name))
    .map((node) => [links.to(node.name, PAGE), node.kind, plainText(node.section)]);
  const events = ir.events.length === 0 ? '' : ` What happens is in [${EVENTS_TITLE}](${EVENTS_PAGE}).`;
  const parts = [
    `# ${TYPES_TITLE}\n`,
    `What ${code(ir.spec.source)} (${plainText(ir.spec.version)}) and its overlay define. Defaults, limits and keys stand in comments.${events}\n`,
    `## ${CONTENTS}\n`,
    table(['Name', 'Kind', 'Clause'], rows),
    ...ir.types.flatMap((node) => typeParts(node, links)),
  ];
  return parts.join('\n');
}

function typeParts(node: TypeNode, links: Links): string[] {
  const users = links.usedBy(node.name, PAGE);
  return [
    `## ${node.name}\n`,
    `${kindText(node)}, ${origin(node)}.\n`,
    ...(node.doc === '' ? [] : [paragraph(node.doc)]),
    ...bodyParts(node, links),
    ...(users === '' ? [] : [`Used by ${users}.\n`]),
  ];
}

function kindText(node: TypeNode): string {
  const configured = node.evidence[0]!.confidence === 'configured' ? ' of the overlay' : '';
  return `${{ record: 'Record', enum: 'Enum', alias: 'Alias' }[node.kind]}${configured}`;
}

function bodyParts(node: TypeNode, links: Links): string[] {
  if (node.kind === 'enum') return enumParts(node, links);
  if (node.kind === 'alias')
    return [`${sentence(links.type(node.type, PAGE))}${node.nullable ? ' or null' : ''}.\n`];
  const bases = words((node.extends ?? []).map((name) => links.to(name, PAGE)));
  return [
    ...(bases === '' ? [] : [`It has the fields of ${bases} too.\n`]),
    ...(node.fields.length === 0 ? ['It has no fields of its own.\n'] : [fieldTable(node, PAGE, links)]),
  ];
}

function enumParts(node: EnumNode, links: Links): string[] {
  const told = node.members.some(({ doc }) => doc !== '');
  const values = node.members.map(({ value }) => code(JSON.stringify(value)));
  return [
    ...(node.owner === undefined ? [] : [`A field of ${links.to(node.owner, PAGE)} spells it out.\n`]),
    told
      ? table(
          ['Value', 'Comment'],
          node.members.map(({ doc }, at) => [values[at]!, plainText(doc)]),
        )
      : `One of ${words(values, 'or')}.\n`,
    ...(node.casing === undefined
      ? []
      : ['The spec names these variants and does not say how they are written on the wire.\n']),
    ...(node.default === undefined ? [] : [`Default: ${code(JSON.stringify(node.default))}.\n`]),
  ];
}

function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
