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
    docs: 'A comment says what a field is when nobody sets it. What stands there is no value of the type of the field, so that no default was generated. Correct the comment in the spec, or answer it in the overlay.',
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
    docs: 'Readers of a log tell events apart by their type. Two ids with one type cannot be told apart, and one of them would be validated as the other. Give one of them its own type in the spec.',
  },
  {
    id: 'codegen/duplicate-field',
    summary: 'A field stands once in a record or payload.',
    severity: 'error',
    docs: 'Which of two fields of one name counts would be a guess. Take one out in the spec.',
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
    docs: 'The discriminator of an event is a constant: without a literal no reader knows that an event is of this kind. Write the literal into the interface.',
  },
  {
    id: 'codegen/event-untyped',
    summary: 'An event block states its event_type.',
    severity: 'error',
    docs: 'Without an `event_type` the block describes a payload that no event carries. State it in the block.',
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
    docs: 'Change the spec or its overlay, then run `gov codegen`. It never writes over an edit by itself: `gov codegen --force` does, and taking the edit back from git does as well.',
  },
  {
    id: 'codegen/generated-missing',
    summary: 'Every file that the spec generates is there.',
    severity: 'error',
    docs: 'Run `gov codegen`.',
  },
  {
    id: 'codegen/generated-stale',
    summary: 'A folder of outputs holds no generated file that nothing generates any more.',
    severity: 'error',
    docs: 'The output is no longer configured, or what it was made from is gone from the spec. Whoever reads the file believes in something that is no more. `gov codegen` removes it; one that was edited by hand it leaves to you.',
  },
  {
    id: 'codegen/incompatible-override',
    summary: 'A flat event repeats a field of the envelope only with the same type.',
    severity: 'warning',
    docs: 'A field of that name travels in the envelope of every event. With another type in one event a reader of all events breaks on it; the type of the envelope is kept. Rename the field, or give it the same type.',
  },
  {
    id: 'codegen/outside-grammar',
    summary: 'Every line of a schema block is one that its dialect knows; what is not is never guessed.',
    severity: 'warning',
    docs: 'The line was left out of what is generated, and the rest of its block was not. Write it as the dialect knows it, or as a comment if it is one.',
  },
  {
    id: 'codegen/overlay-invalid',
    summary: 'The overlay is YAML of the schema govkit.overlay@1, with one answer an entry.',
    severity: 'error',
    docs: 'An answer that cannot be read answers nothing, and code generation stops before it generates half of what was meant. The message names the entry and what was expected in it.',
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
    docs: 'What the entry answers is not in the spec, or the spec answers it itself by now. Correct the name, or delete the entry: an answer to nothing hides the next question.',
  },
  {
    id: 'codegen/overlay-unreadable',
    summary: 'The overlay that gov.config.yaml names can be read.',
    severity: 'error',
    docs: 'Without the overlay the questions that it answers are open, and other contracts would be generated. Correct `codegen.overlay` in gov.config.yaml, or put the file there.',
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
    docs: 'The type was taken over from a record in which the field may be null. Whether an event may say null is another question; answer it in the overlay with `payload` and `fields` if it may not.',
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
    summary: 'What `codegen.roots` names is a type or an event of the spec.',
    severity: 'error',
    docs: 'What is asked for by name is not there, so that less would be generated than was meant. Correct the name in gov.config.yaml.',
  },
  {
    id: 'codegen/unsupported-type',
    summary: 'A type of a TypeScript block is one that the type model carries.',
    severity: 'warning',
    docs: 'The type says more than the model of types can carry (a mapped or conditional type, for example). It is kept as open JSON; write it as a record or a union in the spec.',
  },
];
