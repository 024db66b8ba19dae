import type { Severity } from '../../findings/index.ts';

interface ReaderRule {
  id: string;
  summary: string;
  docs: string;
  severity: Severity;
}

/** What reading a log may report before any event is judged. */
export const LOG_READER_RULES: readonly ReaderRule[] = [
  {
    id: 'log/archive-broken',
    severity: 'error',
    summary: 'An archive is what was written (D-45).',
    docs: 'Each record of an archive carries the hash of the log, the header says which records there are, and the trailer how it ends. From this line on something was changed, removed, moved or cut off.',
  },
  {
    id: 'log/empty',
    severity: 'error',
    summary: 'A log holds an event at least.',
    docs: 'A check that has looked at nothing proves nothing. Is this the right file, or has its writer written nothing?',
  },
  {
    id: 'log/encoding',
    severity: 'error',
    summary: 'A log is UTF-8.',
    docs: 'JSON travels as UTF-8 (RFC 8259). The line was left out, and the lines after it were read; a log in UTF-16 is not read at all.',
  },
  {
    id: 'log/gzip-broken',
    severity: 'error',
    summary: 'A compressed log is whole.',
    docs: 'The data ends before its trailer, its checksum is another one, or something stands behind it that is no gzip. What came before was checked; what comes after is not known.',
  },
  {
    id: 'log/line-too-long',
    severity: 'error',
    summary: 'A line of a log has 8 MiB at most.',
    docs: 'An event refers to content and never holds it, so no event is that long. The line was left out, and the lines after it were read.',
  },
  {
    id: 'log/not-an-event',
    severity: 'error',
    summary: 'Each line of a log is one entry in JSON.',
    docs: 'An entry is an event, bare or with its `seq` as `gov recorder query` prints it, a span, a gap, or the first or last line of an archive. A JSON array becomes lines with `jq -c ".[]"`; an envelope of another shape is read with `--map`.',
  },
  {
    id: 'log/seq-hole',
    severity: 'warning',
    summary: 'The places of a log follow each other without a hole (D-47).',
    docs: 'Events that are missing were lost, filtered out by a query, or archived; of what was archived a gap line tells. Check the whole log, with its gap lines.',
  },
  {
    id: 'log/seq-order',
    severity: 'error',
    summary: 'The places of a log rise from line to line (D-47).',
    docs: '`seq` is the order of what happened. Lines in another order were sorted by something else, or written by two who did not know of each other; every rule about before and after then judges what never was.',
  },
  {
    id: 'log/torn-tail',
    severity: 'error',
    summary: 'A log ends with a whole entry.',
    docs: 'The last line is the beginning of an entry: its writer was stopped inside it, or is writing now. The lines before it were checked.',
  },
];
