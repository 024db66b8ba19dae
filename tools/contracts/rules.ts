import type { Severity } from '../findings/index.ts';

/** What code generation reports, for `gov explain`. A severity is that of an unanswered case. */
export const CODEGEN_RULES: readonly { id: string; summary: string; severity: Severity; docs?: string }[] = [
  {
    id: 'codegen/correlation-unstated',
    summary: 'A session event without `session_id` in its payload says which field is the session.',
    severity: 'warning',
    docs: 'Answer it in the overlay with `correlation`: event id or family, and the field of its payload that becomes `model_session_id`.',
  },
  {
    id: 'codegen/default-unreadable',
    summary: 'A default in a comment is a value of the type of its field.',
    severity: 'warning',
  },
  {
    id: 'codegen/duplicate-definition',
    summary: 'A type or event is defined once, or the overlay says which definition counts.',
    severity: 'error',
    docs: 'A second shape in an archived or non-normative section is a warning, and the main body is used. Between two shapes of the main body the overlay decides with `prefer` and a section.',
  },
  {
    id: 'codegen/duplicate-event-type',
    summary: 'Two event ids never share a type.',
    severity: 'error',
  },
  {
    id: 'codegen/duplicate-field',
    summary: 'A field stands once in a record or payload.',
    severity: 'error',
  },
  {
    id: 'codegen/envelope-mismatch',
    summary: 'All events travel in one envelope: base interface and event blocks agree on the discriminator.',
    severity: 'error',
    docs: 'Answer it in the overlay with `envelope`. Without an answer no event is generated.',
  },
  {
    id: 'codegen/event-type',
    summary: 'The interface of an event states its type as a literal.',
    severity: 'warning',
  },
  {
    id: 'codegen/event-untyped',
    summary: 'An event block states its event_type.',
    severity: 'error',
  },
  {
    id: 'codegen/generated-drifted',
    summary: 'A generated file is what the spec generates now.',
    severity: 'error',
    docs: 'The spec, its overlay or govkit has moved on since the file was written. Run `gov codegen`.',
  },
  {
    id: 'codegen/generated-edited',
    summary: 'A generated file is never edited by hand: its content has the hash in its header.',
    severity: 'error',
    docs: 'Change the spec or its overlay, then run `gov codegen`.',
  },
  {
    id: 'codegen/generated-missing',
    summary: 'Every file that the spec generates is there.',
    severity: 'error',
    docs: 'Run `gov codegen`.',
  },
  {
    id: 'codegen/incompatible-override',
    summary: 'A flat event repeats a field of the envelope only with the same type.',
    severity: 'warning',
  },
  {
    id: 'codegen/outside-grammar',
    summary: 'Every line of a schema block is one that its dialect knows; what is not is never guessed.',
    severity: 'warning',
  },
  {
    id: 'codegen/overlay-invalid',
    summary: 'The overlay is YAML of the schema govkit.overlay@1, with one answer an entry.',
    severity: 'error',
  },
  {
    id: 'codegen/overlay-stale',
    summary: 'An entry of the overlay quotes a line that the spec still has.',
    severity: 'error',
    docs: 'The line that the entry answers has changed or gone. Read it again, then correct quote and answer, or delete the entry.',
  },
  {
    id: 'codegen/overlay-target',
    summary: 'An entry of the overlay answers something that is there and open.',
    severity: 'error',
  },
  {
    id: 'codegen/overlay-unreadable',
    summary: 'The overlay that gov.config.yaml names can be read.',
    severity: 'error',
  },
  {
    id: 'codegen/payload-ambiguous',
    summary: 'An item of a payload has one type: no two records give it different ones.',
    severity: 'warning',
    docs: 'Answer it in the overlay with `payload` and `fields`. Until then the item stays open (any JSON).',
  },
  {
    id: 'codegen/payload-nullable',
    summary: 'An item of a payload that takes over null from a record may really be null there.',
    severity: 'info',
  },
  {
    id: 'codegen/payload-untyped',
    summary: 'An item of a payload has a type, stated or taken over from a record field of its name.',
    severity: 'warning',
    docs: 'Answer it in the overlay with `payload` and `fields`. Until then the item stays open (any JSON).',
  },
  {
    id: 'codegen/undefined-type',
    summary: 'A type that is used is defined, by the spec or by the overlay.',
    severity: 'error',
    docs: 'Answer it in the overlay with `define`.',
  },
  {
    id: 'codegen/unknown-root',
    summary: 'What codegen.roots and codegen.include name is a type or an event of the spec.',
    severity: 'error',
  },
  {
    id: 'codegen/unsupported-type',
    summary: 'A type of a TypeScript block is one that the type model carries.',
    severity: 'warning',
  },
];
