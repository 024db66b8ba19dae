import type { EnvelopeNode, EventMention, EventNode, Ir, MentionForm } from '../ir.ts';
import { clauseName } from './clause.ts';
import { fieldTable } from './markdown-fields.ts';
import {
  CONTENTS,
  ENVELOPE,
  EVENTS_PAGE,
  EVENTS_TITLE,
  families,
  familyTitle,
  groupBy,
  type Links,
  NAMED_ONLY,
  origin,
  place,
  TYPES_PAGE,
  TYPES_TITLE,
} from './markdown-page.ts';
import { code, paragraph, plainText, table, words } from './markdown-text.ts';

const PAGE = EVENTS_PAGE;

/** `events.md`: the catalogue of events by family, with every place that names one. */
export function eventsPage(ir: Ir, links: Links): string {
  const mentions = groupBy(ir.mentions, ({ frId }) => frId);
  const defined = new Set(ir.events.map(({ frId }) => frId));
  const parts = [
    `# ${EVENTS_TITLE}\n`,
    `What ${code(ir.spec.source)} (${plainText(ir.spec.version)}) and its overlay define. Their types are in [${TYPES_TITLE}](${TYPES_PAGE}).\n`,
    `## ${CONTENTS}\n`,
    contents(ir, links),
    ...(ir.envelope ? envelopeParts(ir.envelope, links) : []),
    ...families(ir).flatMap(([family, events]) => [
      `## ${familyTitle(family)}\n`,
      familyTable(events, links),
      ...events.flatMap((event) => eventParts(event, mentions.get(event.frId) ?? [], links)),
    ]),
  ];
  const open = [...mentions].filter(([frId]) => !defined.has(frId));
  if (open.length > 0) {
    const rows = open.map(([frId, places]) => [code(frId), places.map(mentionText).join('; ')]);
    parts.push(`## ${NAMED_ONLY}\n`, table(['Id', 'Named at'], rows));
  }
  return parts.join('\n');
}

function contents(ir: Ir, links: Links): string {
  const lines = families(ir).map(
    ([family, events]) =>
      `- [${family}](${links.target(familyTitle(family), PAGE)}): ${words(events.map(({ frId }) => links.to(frId, PAGE)))}\n`,
  );
  const envelope = ir.envelope ? `- [${ENVELOPE}](#${ENVELOPE.toLowerCase()}) of all events\n` : '';
  return `${envelope}${lines.join('')}`;
}

function envelopeParts(envelope: EnvelopeNode, links: Links): string[] {
  const accepted = words(envelope.accepts.map((each) => code(each)));
  return [
    `## ${ENVELOPE}\n`,
    `Every event carries its id in ${code(envelope.idField)}, its type in ${code(envelope.discriminator)}${
      accepted === '' ? '' : ` (on input also in ${accepted})`
    }, its own fields in ${code('payload')}, and these:\n`,
    fieldTable(envelope, PAGE, links),
    ...(envelope.utc.length === 0 ? [] : [`In UTC: ${words(envelope.utc.map((each) => code(each)))}.\n`]),
  ];
}

function familyTable(events: readonly EventNode[], links: Links): string {
  const rows = events.map((event) => [
    links.to(event.frId, PAGE),
    code(event.type),
    plainText(event.section),
    event.correlation === null ? 'no payload field' : code(event.correlation.field),
  ]);
  return table(['Id', 'Type', 'Clause', 'Session is'], rows);
}

function eventParts(event: EventNode, mentions: readonly EventMention[], links: Links): string[] {
  const narrows = event.narrows ?? [];
  return [
    `### ${event.frId}\n`,
    `${code(event.type)}, ${origin(event)}.\n`,
    ...aboutEvent(event),
    ...(narrows.length === 0
      ? []
      : [
          'Of its envelope:\n',
          fieldTable({ fields: narrows, evidence: event.evidence }, PAGE, links),
          'Of its payload:\n',
        ]),
    ...(event.payload.length === 0
      ? ['Its payload is empty.\n']
      : [fieldTable({ fields: event.payload, evidence: event.evidence }, PAGE, links)]),
    ...(mentions.length === 0
      ? []
      : [`Also named at:\n\n${mentions.map((each) => `- ${mentionText(each)}\n`).join('')}`]),
  ];
}

/** Of an event in TypeScript, the interface that states it. */
function aboutEvent({ doc, extends: base }: EventNode): string[] {
  if (doc === '') return [];
  return [base === undefined ? paragraph(doc) : `Interface ${code(doc)}.\n`];
}

const FORM: Record<MentionForm, string> = {
  table: 'a table of events',
  list: 'a list of events',
  anchor: 'a bullet or heading that names it',
  interface: 'an interface with an envelope of its own',
  'passed-over': 'a definition that is not used',
  emit: 'text that names it',
  prohibition: 'text that forbids it',
};

function mentionText(mention: EventMention): string {
  const told = [
    FORM[mention.form],
    ...(mention.section === '' ? [] : [`clause ${plainText(clauseName(mention.section))}`]),
    ...(mention.archived ? ['archived or non-normative'] : []),
    ...(mention.type === undefined ? [] : [`type ${code(mention.type)}`]),
    ...(mention.fields === undefined || mention.fields.length === 0
      ? []
      : [`with ${mention.fields.map((each) => code(each)).join(', ')}`]),
  ];
  return `${place(mention.evidence[0]!)}: ${told.join(', ')}`;
}
