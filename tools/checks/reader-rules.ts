import type { RegisteredRule } from './rule.ts';

/** What the readers of `artifacts` report by themselves; spec, contracts and gate have lists of their own. */
export const READER_RULES: readonly (Pick<RegisteredRule, 'id' | 'summary' | 'severity'> & {
  docs: string;
})[] = [
  {
    id: 'artifact/empty',
    summary: 'A governed document says something: an empty one is a write that failed.',
    severity: 'error',
    docs: 'Somebody wrote a file and was interrupted, or redirected the output of a command that failed into it. Everything is missing from such a document; that is said once, and not twenty times. Bring back the last version that was committed, or delete the file if nothing was meant to be there.',
  },
  {
    id: 'artifact/malformed',
    summary: 'A governed JSON or YAML file has the form that its reader expects.',
    severity: 'error',
    docs: 'What could not be read is left out of everything that follows: a gate log without its list records nothing, and roles without their names allow nobody. The message says what was expected at that place; correct it there.',
  },
  {
    id: 'artifact/repeated-key',
    summary: 'A key stands once in an object of a governed JSON file: of two values a reader sees only one.',
    severity: 'error',
    docs: 'Two branches each added the key, and git merged both lines. Most readers take the last value and drop the first without a word, some take the first: the file says PASS to one and FAIL to another. Keep the value that is true, or give the second entry a key of its own.',
  },
  {
    id: 'artifact/truncated',
    summary:
      'A governed Markdown document goes to its end: one that breaks off is a write that was interrupted.',
    severity: 'error',
    docs: 'The file ends without a line end, and what has to come later is not there: sections of a stub, a packet, a refinement or the Task Board, or the rest of an entry or a row. A full disk or a process that was stopped leaves such a file. What it would say further down is not known, so nothing else is said of it, and no other document is held against it. Bring back the last version that was committed; if the document is meant to end there, end its last line.',
  },
  {
    id: 'ledger/entry-changed',
    summary: 'A ledger entry that was committed stays as it is, at its path: none is edited or taken away.',
    severity: 'error',
    docs: 'Reported where a change is held against what it comes from: `gov check --staged`, `gov check --changed-since`, `gov wp status --base`. The hash in its name shows that an entry was edited, but nothing in a tree shows that the last entry of a chain was taken away: a refusal or a revision could vanish with it. Bring the file back from the commit that has it (git checkout REV -- PATH); what has to be corrected is corrected by a further entry (gov wp undo).',
  },
  {
    id: 'ledger/field-missing',
    summary:
      'A ledger entry says who did it, in which role, when, after what, and what its kind says; any other settles nothing.',
    severity: 'error',
    docs: "The state of a work packet is read from its entries. One without an actor or a time can be anybody's and from any day; a signature that does not say for what it was given, or a waiver without an end, would be read as one that says more. Nothing rests on such an entry, nor on one with a field that its kind does not have. Entries are written by the tool; restore the file from the commit that added it.",
  },
  {
    id: 'ledger/heads-compete',
    summary: 'The ledger of a work packet has one head; an entry that names both settles two.',
    severity: 'error',
    docs: 'Two branches each took the next step, and git merged both files without a conflict. Which of them counts is a decision, and none is made by itself: an entry that names both as its parents settles it.',
  },
  {
    id: 'ledger/name-mismatch',
    summary: 'A ledger entry is what its path says: work packet, kind, and the hash of its content.',
    severity: 'error',
    docs: 'The hash in the name is that of the content, so that no entry can be changed after it was written. Where they differ the entry was edited, or moved to another work packet. Restore the file; what has to be corrected is corrected by a further entry.',
  },
  {
    id: 'ledger/parent-missing',
    summary: 'Every parent of a ledger entry is an entry of the same work packet: none was taken away.',
    severity: 'error',
    docs: 'Each entry names the one that it follows. A parent that is not there was deleted, or was never committed: the history has a hole, and what stood in it may have been a refusal. Bring the file back.',
  },
  {
    id: 'ledger/role-may-not-write',
    summary:
      'A ledger entry is of a kind that its role may write: a Coder claims, and only a Validator confirms.',
    severity: 'error',
    docs: "Whoever did the work may say that it is done, and nobody takes it for more: that is a claim. To confirm it is the Validator's, and what opens a gate (approve, sign, attest, waive, settle) is the Operator's. An entry in another role stands in the ledger and settles nothing. Record it in the role that may; what was only claimed is recorded as a claim.",
  },
  {
    id: 'ledger/sequence-repeated',
    summary:
      'No number stands twice in the ledger of a work packet, unless a later entry names both entries.',
    severity: 'error',
    docs: 'Entries are counted, so that their order can be read from the names of the files. Two with one number came from two branches, or one of them was put in later. An entry that names both as its parents says that the case is settled.',
  },
  {
    id: 'ledger/unknown-kind',
    summary: 'A ledger entry is of a kind that the tool knows.',
    severity: 'error',
    docs: 'The state of a work packet comes from entries whose meaning is known. One of another kind was written by hand or by a newer version of the tool; it stands in the chain, and settles nothing. Update the tool, or take the entry out of a branch that is not merged yet.',
  },
  {
    id: 'text/binary',
    summary: 'A governed file is text: it holds no NUL byte.',
    severity: 'error',
    docs: 'Nothing of the file was read. A NUL byte comes from a file that was saved as UTF-16, from a disk that was full or a machine that stopped while writing, or from an image under the name of a document. git shows no difference of such a file, so that nobody can review it. Save it as UTF-8, or bring back the last good version.',
  },
  {
    id: 'text/not-utf8',
    summary: 'A governed file is UTF-8.',
    severity: 'error',
    docs: 'Nothing of the file was read: a byte that is no UTF-8 can stand for any letter, and a reader that guesses reads another document. Save the file as UTF-8; most often it was written as Windows-1252.',
  },
  {
    id: 'tree/empty',
    summary: 'There is something to check.',
    severity: 'error',
    docs: 'A check that has seen no document has found nothing wrong, and says nothing about the tree. It was started in the wrong folder, or the governance folder has another name: --root names the repository, `layout` in gov.config.yaml the folder.',
  },
  {
    id: 'tree/look-alike',
    summary: 'A file that is named like a work packet stands where stubs, packets or refinements are read.',
    severity: 'warning',
    docs: 'Whoever wrote it believes that it is checked, and nothing in it was judged: only `.md` files directly in `task_packets/stubs`, `task_packets` and `refinements` are documents (or where `layout` in gov.config.yaml says). A name that ends in `.MD`, or a folder in between, takes it out of sight. Move or rename it (git mv). What is put away stands in a folder such as `_archive`; what is no work packet has a name that does not begin with `WP-`.',
  },
  {
    id: 'tree/oversized',
    summary:
      'A governed document is one that a person may read: 16 MB, 50,000 lines and 100,000 characters in a line at most.',
    severity: 'error',
    docs: 'Nothing of the file was read: beyond this size something else is in it, such as a log or an encoded image that was pasted, and reading it as a document would hold up every commit for minutes. The limits are a hundred times what people write. Lines are counted in Markdown only, since machines write JSON on one line or on many. Move what is no document out of the governance folder and link to it.',
  },
  {
    id: 'tree/unmerged',
    summary: 'Every governed file is merged before what is staged is judged.',
    severity: 'error',
    docs: 'During a merge the index holds two or three versions of a file and none that will be committed. Settle the conflict and stage the file (git add); then there is something to judge.',
  },
  {
    id: 'tree/unreadable',
    summary: 'Every governed file can be read.',
    severity: 'error',
    docs: 'A file that is missing, is a folder, or may not be opened was not judged, and a gate must not pass for that. Missing are the Task Board and the traceability registry of a tree that has work packets. Put it back, or give the running user the right to read it.',
  },
];
