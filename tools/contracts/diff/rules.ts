import type { Severity } from '../../findings/index.ts';

export interface ContractRule {
  id: string;
  summary: string;
  /** Of an unaccepted change that breaks somebody; one that breaks nobody is information. */
  severity: Severity;
  docs: string;
  /** What a change of this kind is called in a sentence, before the name of what changed. */
  says?: string;
}

/** Said on the page of every change: a verdict is worth what its words mean. */
const WHO =
  'Producers break where what an unchanged producer writes is no longer accepted by the new contract, whose objects are closed. Consumers break where an unchanged consumer meets, in what is accepted now, a value that it does not know, or misses one; it reads the keys and events that it knows of and leaves others alone. `gov spec diff --check` fails on a change that breaks somebody, until an entry in `.GOV/spec/accepted-breaks.yaml` accepts it.';

const RULES: readonly ContractRule[] = [
  {
    id: 'contract/accepted-invalid',
    summary: 'The list of accepted breaks is YAML of the schema govkit.accepted-breaks@1.',
    severity: 'error',
    docs: 'An entry that cannot be read accepts nothing, and a misspelled one would accept something else than was meant. The message names the entry and what was expected in it; the other entries count.',
  },
  {
    id: 'contract/accepted-unused',
    summary: 'An entry of the accepted breaks names a change that this comparison has.',
    severity: 'info',
    docs: 'What it accepted is not among the changes: the break was taken back, or both sides have it by now. Delete the entry, so that it does not accept the next change of this kind. Against other versions it may still be needed.',
  },
  {
    id: 'contract/alias-changed',
    summary: 'The type that an alias stands for changed.',
    severity: 'error',
    docs: 'All that refers to the alias changes with it, and it is told here once. It breaks producers where what the old type allowed is no longer accepted, and consumers where the new type allows what the old one did not.',
    says: 'change of the alias',
  },
  {
    id: 'contract/bound-loosened',
    summary: 'A field takes values beyond its old bound.',
    severity: 'error',
    docs: 'An unchanged producer stays within the old bound. An unchanged consumer may meet a value beyond it. A bound that was concluded from prose (`0 = unlimited`) is enforced by nobody: its change is told and breaks nobody.',
    says: 'loosened bound of',
  },
  {
    id: 'contract/bound-tightened',
    summary: 'A field no longer takes values that its old bound allowed.',
    severity: 'error',
    docs: 'An unchanged producer may write a value that is no longer accepted. An unchanged consumer meets nothing new. A bound that was concluded from prose is enforced by nobody: its change is told and breaks nobody.',
    says: 'tightened bound of',
  },
  {
    id: 'contract/correlation-changed',
    summary: 'Another field of an event says which session it belongs to.',
    severity: 'error',
    docs: 'The envelope repeats that field as `model_session_id`, and the two must agree. An unchanged producer that correlates by the old field is refused; an unchanged consumer finds the event under another session. Where there was none before only producers break, where there is none any more only consumers.',
    says: 'other correlation of',
  },
  {
    id: 'contract/default-added',
    summary: 'A field has a default where it had none.',
    severity: 'info',
    docs: 'Nothing that was accepted is refused, and whoever reads the field read what was written.',
    says: 'new default of',
  },
  {
    id: 'contract/default-changed',
    summary: 'A field that is left out stands for another value.',
    severity: 'error',
    docs: 'What an unchanged producer writes is accepted. An unchanged consumer fills in the old default where the new one is meant. It counts where the default stands in a comment, too.',
    says: 'changed default of',
  },
  {
    id: 'contract/default-removed',
    summary: 'A field that is left out stands for nothing any more.',
    severity: 'error',
    docs: 'What an unchanged producer writes is accepted. An unchanged consumer fills in a default that nobody means any more.',
    says: 'removed default of',
  },
  {
    id: 'contract/discriminator-changed',
    summary: 'Events say in another field of which type they are.',
    severity: 'error',
    docs: 'An unchanged producer writes the type where nobody looks for it, and an unchanged consumer looks where it is not. Where the new envelope accepts the old name too, only consumers break; where an envelope rules both contracts, what a single block says breaks nobody.',
    says: 'other discriminator of',
  },
  {
    id: 'contract/enum-member-added',
    summary: 'An enum has a member that it did not have.',
    severity: 'error',
    docs: 'An unchanged producer writes the old members. An unchanged consumer meets one that it does not know. An open vocabulary would not have broken it.',
    says: 'new member',
  },
  {
    id: 'contract/enum-member-removed',
    summary: 'An enum lost a member.',
    severity: 'error',
    docs: 'An unchanged producer may write the member, and is refused. An unchanged consumer merely waits for a value that nobody writes.',
    says: 'removed member',
  },
  {
    id: 'contract/enum-member-renamed',
    summary: 'A member of an enum is spelled otherwise: one is gone and one is new in the same place.',
    severity: 'error',
    docs: 'An unchanged producer writes the old spelling and is refused; an unchanged consumer does not know the new one.',
    says: 'renamed member',
  },
  {
    id: 'contract/envelope-changed',
    summary:
      'The shape that every event travels in changed: the field of its id, the names its type may have, its times in UTC.',
    severity: 'error',
    docs: 'It breaks producers where what they write is refused: another field for the id, a name for the type that is no longer accepted, a time that must be UTC now. It breaks consumers where they miss the id, or rely on UTC. Without an envelope no event is generated: one that goes breaks both, one that comes breaks nobody.',
    says: 'change of the envelope',
  },
  {
    id: 'contract/envelope-field-optional',
    summary: 'An event may come without an envelope field that it always had.',
    severity: 'error',
    docs: 'An unchanged producer writes the field. An unchanged consumer relies on it and misses it.',
    says: 'optional envelope field',
  },
  {
    id: 'contract/envelope-field-required',
    summary: 'An event must have an envelope field that was optional.',
    severity: 'error',
    docs: 'An unchanged producer may leave the field out, and is refused. An unchanged consumer knows it.',
    says: 'required envelope field',
  },
  {
    id: 'contract/event-added',
    summary: 'An event has a definition where it had none.',
    severity: 'info',
    docs: 'Unchanged producers do not write it, and unchanged consumers do not ask for it.',
    says: 'new event',
  },
  {
    id: 'contract/event-id-changed',
    summary: 'An event has another id: one is gone, and one is new with the same type.',
    severity: 'error',
    docs: 'An unchanged producer writes an id that is no longer known; an unchanged consumer waits for it.',
    says: 'other id of the event',
  },
  {
    id: 'contract/event-id-reused',
    summary: 'An id stands for another event than before.',
    severity: 'error',
    docs: 'The type is another one, and the old type is elsewhere, the new one was elsewhere, or the payloads have nothing in common. An unchanged producer is refused; an unchanged consumer takes the new event for the old one, which no error tells it. Give the new event an id of its own.',
    says: 'reused event id',
  },
  {
    id: 'contract/event-ids-swapped',
    summary: 'Two events have exchanged their ids.',
    severity: 'error',
    docs: 'An unchanged producer writes one under the id of the other; an unchanged consumer takes one for the other. It is one change that names both.',
    says: 'exchange of event ids',
  },
  {
    id: 'contract/event-removed',
    summary: 'An event is no longer defined.',
    severity: 'error',
    docs: 'An unchanged producer writes an id that is no longer known and is refused; an unchanged consumer waits for an event that never comes.',
    says: 'removed event',
  },
  {
    id: 'contract/event-type-changed',
    summary: 'An event has another type under the same id.',
    severity: 'error',
    docs: 'Id and type must agree. An unchanged producer writes the old type and is refused; an unchanged consumer does not know the new one.',
    says: 'other type of the event',
  },
  {
    id: 'contract/field-added-optional',
    summary: 'A record or payload has a field more, which may be left out.',
    severity: 'info',
    docs: 'An unchanged producer leaves it out. An unchanged consumer reads the fields that it knows. Whoever validates with closed objects takes the new contract before anybody writes the field.',
    says: 'new optional field',
  },
  {
    id: 'contract/field-added-required',
    summary: 'A record or payload has a field more, which must be there.',
    severity: 'error',
    docs: 'An unchanged producer leaves it out and is refused. An unchanged consumer reads the fields that it knows.',
    says: 'new required field',
  },
  {
    id: 'contract/field-became-optional',
    summary: 'A field that was always there may be left out.',
    severity: 'error',
    docs: 'An unchanged producer writes it. An unchanged consumer relies on it and misses it.',
    says: 'now optional field',
  },
  {
    id: 'contract/field-became-required',
    summary: 'A field that could be left out must be there.',
    severity: 'error',
    docs: 'An unchanged producer may leave it out, and is refused. An unchanged consumer knows it.',
    says: 'now required field',
  },
  {
    id: 'contract/field-narrowed',
    summary: 'A field takes fewer values than before: `int` for `number`, an enum for `string`.',
    severity: 'error',
    docs: 'An unchanged producer may write a value that is no longer accepted. An unchanged consumer meets nothing new.',
    says: 'narrowed field',
  },
  {
    id: 'contract/field-removed',
    summary: 'A record or payload lost a field.',
    severity: 'error',
    docs: 'Objects are closed: an unchanged producer writes a key that nobody knows any more, and is refused. An unchanged consumer misses the field where it was required; where it was optional, it could do without.',
    says: 'removed field',
  },
  {
    id: 'contract/field-renamed',
    summary:
      'A field has another name: one is gone and one is new, of the same type, between the same neighbours.',
    severity: 'error',
    docs: 'An unchanged producer writes a key that nobody knows any more and is refused; an unchanged consumer misses it where it was required. Where more than one field could be meant, they are told as removed and added.',
    says: 'renamed field',
  },
  {
    id: 'contract/field-retyped',
    summary: 'A field has another type, and neither takes all values of the other.',
    severity: 'error',
    docs: 'An unchanged producer writes a value that is no longer accepted; an unchanged consumer meets one that it does not know. A construct that the type model cannot carry is never taken for a harmless change.',
    says: 'retyped field',
  },
  {
    id: 'contract/field-widened',
    summary: 'A field takes more values than before: `number` for `int`, `string` for an enum.',
    severity: 'error',
    docs: 'What an unchanged producer writes is accepted. An unchanged consumer may meet a value that it does not know.',
    says: 'widened field',
  },
  {
    id: 'contract/format-changed',
    summary: 'A string has another form: uuid, date-time, sha256, a pattern, or any.',
    severity: 'error',
    docs: 'A stricter form breaks producers, a looser one consumers, another one both. It counts where the format stands in a comment, too.',
    says: 'other format of',
  },
  {
    id: 'contract/literal-changed',
    summary: 'A field that has one value alone has another one.',
    severity: 'error',
    docs: 'An unchanged producer writes the old value and is refused; an unchanged consumer does not know the new one.',
    says: 'other constant',
  },
  {
    id: 'contract/meaning-changed',
    summary:
      'A field takes the same values, and they mean something else: the record that it points to, what null says, whether it is a hard limit, how members are spelled.',
    severity: 'info',
    docs: 'No validator can tell. Read both sides, and whether those who write and read the field still agree.',
    says: 'other meaning of',
  },
  {
    id: 'contract/nullable-added',
    summary: 'A value may be null where it could not.',
    severity: 'error',
    docs: 'What an unchanged producer writes is accepted. An unchanged consumer meets a null that it does not expect. Whether a field may be left out is another question, with rules of its own.',
    says: 'null allowed in',
  },
  {
    id: 'contract/nullable-removed',
    summary: 'A value may no longer be null.',
    severity: 'error',
    docs: 'An unchanged producer may write null, and is refused. An unchanged consumer meets nothing new.',
    says: 'null forbidden in',
  },
  {
    id: 'contract/schema-version-kept',
    summary: 'A record whose shape changed names another version of its schema.',
    severity: 'warning',
    docs: 'Readers that tell two shapes apart by `schema_version` take the new one for the old one. Raise the version with the shape.',
    says: 'unchanged schema version',
  },
  {
    id: 'contract/type-added',
    summary: 'A type has a definition where it had none.',
    severity: 'info',
    docs: 'It breaks nobody, but for one case: the old contract already referred to the name without defining it, so that any value stood there, and unchanged producers may write one that is refused now.',
    says: 'new type',
  },
  {
    id: 'contract/type-kind-changed',
    summary: 'A record became an enum or an alias, or the other way round.',
    severity: 'error',
    docs: 'What an unchanged producer writes is no longer accepted, and an unchanged consumer does not know what it meets.',
    says: 'other kind of',
  },
  {
    id: 'contract/type-removed',
    summary: 'A type is no longer defined.',
    severity: 'error',
    docs: 'An unchanged producer writes what nobody knows any more, and an unchanged consumer waits for it. Where the new contract still refers to the name, any value stands there: then only consumers break. What used the type is told besides.',
    says: 'removed type',
  },
  {
    id: 'contract/type-renamed',
    summary: 'A type has another name, and the same shape.',
    severity: 'warning',
    docs: 'What is written is the same, so that neither producers nor consumers of values break. Code that imports the generated type by its name has to change.',
    says: 'renamed type',
  },
  {
    id: 'contract/vocabulary-changed',
    summary: 'An open vocabulary names other values as known.',
    severity: 'info',
    docs: 'It was open before and is open now: any value is accepted on both sides.',
    says: 'other examples of',
  },
  {
    id: 'contract/vocabulary-closed',
    summary: 'An open vocabulary became a closed enum.',
    severity: 'error',
    docs: 'An unchanged producer may write a value that is not among the members, and is refused. An unchanged consumer meets nothing new.',
    says: 'closed vocabulary of',
  },
  {
    id: 'contract/vocabulary-opened',
    summary: 'A closed enum became an open vocabulary.',
    severity: 'error',
    docs: 'What an unchanged producer writes is accepted. An unchanged consumer may meet a value that it does not know.',
    says: 'opened vocabulary of',
  },
];

/** What `gov spec diff` tells of the contracts of two specs, for `gov explain`. */
export const CONTRACT_RULES: readonly ContractRule[] = RULES.map((rule) =>
  rule.says === undefined ? rule : { ...rule, docs: `${rule.docs}\n\n${WHO}` },
);
