/** What the proof of a stored log may report. Every one of them is an error: the log is not the one that was written. */
export const CHAIN_RULES: readonly { id: string; summary: string; docs: string; severity: 'error' }[] = [
  [
    'log/archive',
    'An archive holds the records that left the log.',
    'The gap that they left says with which hash the chain goes on, and the database knows the sha256 of the file. From the place that is told on the file is another one: edited, cut off, exchanged, or written anew.',
  ],
  [
    'log/beyond-head',
    'A log ends at its head.',
    'The head is written with every commit. Records after it were not written by a store: somebody has added them, or has taken the head back.',
  ],
  [
    'log/column',
    'What stands beside a record is what its body says.',
    'Queries find records by their columns and by the sessions that are noted as named. A column that says something else hides the record from whoever asks, while the record itself is whole.',
  ],
  [
    'log/edited',
    'The body of a record is the one that its hash was made of.',
    'The hash of each record holds its number, its body and the hash before it. A body that does not give its hash was changed after it was written; the record after it still builds on the hash.',
  ],
  [
    'log/emptied',
    'A database with sessions has events, in it or in an archive that is there.',
    'No session comes into being without an event in the same transaction: a log that is empty beside sessions was emptied. Where all records have left the log, an archive has to prove them: put it back beside the database, or look where it was moved.',
  ],
  [
    'log/gap',
    'A gap is where records are gone, and says why.',
    'A gap over records that are there, into an archive that nobody knows, or for damage with a hash that does not follow was not left by a store: it would pass a hole off as housekeeping.',
  ],
  [
    'log/hash',
    'The hash of a record is the one that the next record builds on.',
    'The body gives the hash that the next record was built on, and another one is stored: the hash alone was changed.',
  ],
  [
    'log/head',
    'The head says where the log ends.',
    'The head is the one thing that shows records cut off at the end. One that is missing, or that differs from the last record, shows nothing any more; a head that was noted elsewhere (`--head`) does.',
  ],
  [
    'log/missing',
    'Every number up to the last one has a record, or a gap that says why it has none.',
    'Numbers are given without a hole. A record that is not there was deleted, or its number was changed. The record after the hole is taken as it stands.',
  ],
  [
    'log/not-continued',
    'The log goes on from a head that was noted elsewhere.',
    'Whoever can write the file can write all of it anew, head included. A head that was noted outside of it shows that: the log must still have that record with that hash.',
  ],
  [
    'log/order',
    'Records come in the order of their numbers, each number once.',
    'A number that comes again, or after a greater one, is a copy of a record or one that was moved.',
  ],
  [
    'log/seal',
    'The seal of a segment is what its records say.',
    'A query passes over thousands of records by their seal. A seal that says less than its records hides them.',
  ],
  [
    'log/truncated',
    'A log goes on to its head.',
    'The head was written with a record that is not there any more: the end of the log was cut off. Opening the database for writing leaves a gap in its place, so that the log can go on.',
  ],
  [
    'log/unlinked',
    'A record follows from the record before it.',
    'Neither the hash that is stored before it nor the one that the body before it gives leads to this record. Both records, or the hash between them, were changed, and nothing shows which.',
  ],
  [
    'log/unreadable',
    'The body of a record is an event in JSON.',
    'Its hash is right, so it was written like this. Readers pass over the record and say so.',
  ],
].map(([id, summary, docs]) => ({ id: id!, summary: summary!, docs: docs!, severity: 'error' }));
