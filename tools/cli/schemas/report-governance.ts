import { z } from 'zod';
import { STATUSES } from '../../spec/index.ts';

const count = z.int().min(0);
const line = z.int().min(1);
const place = z.strictObject({ file: z.string(), line });
const waits = z.array(z.strictObject({ wp_id: z.string(), detail: z.string(), file: z.string(), line }));

const item = z.strictObject({
  index: line.describe('as in the stub'),
  intent: z.string(),
  text: z.string(),
  state: z.enum(['PASS', 'ATTESTED', 'NEEDS_HUMAN', 'FAIL', 'NOT_APPLICABLE']),
  word: z
    .string()
    .describe('the state as people are told it: proven, attested, needs you, open, failed, not needed'),
  evidence: z.array(
    z.strictObject({
      kind: z.string(),
      file: z.string().nullable(),
      line: line.nullable(),
      detail: z.string(),
    }),
  ),
  next: z.string().nullable(),
});

const packet = z.strictObject({
  wp_id: z.string(),
  title: z.string().describe('what its stub or packet says that it is about; empty where neither does'),
  stage: z.enum(['STUB', 'REFINEMENT', 'APPROVAL', 'SIGNATURE', 'PREPARE', 'PACKET', 'READY']),
  work: z
    .string()
    .nullable()
    .describe(
      'behind the gate: open, in progress, done, superseded, unlisted; null where there is no packet',
    ),
  ready: z.boolean(),
  stub: place.nullable(),
  refinement: place.nullable(),
  packet: place.nullable(),
  board: place.extend({ state: z.string() }).nullable(),
  items: z.array(item).describe('empty for an id that only the board or a refinement names'),
  blockers: waits.describe('what it waits for'),
  waived: waits,
  refusal: z.string().nullable().describe('why it is never to be activated'),
  notes: z.array(z.string()),
  next: z.string().nullable(),
});

const rule = z.strictObject({
  rule: z.string(),
  summary: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  findings: z.array(
    z.strictObject({ message: z.string(), file: z.string(), line, column: line, endLine: line }),
  ),
});

const anchor = z.strictObject({
  query: z.string().describe('as it is written'),
  wp_id: z.string().nullable(),
  file: z.string(),
  line,
  status: z.enum(STATUSES as [string, ...string[]]),
  flags: z.array(z.string()),
  section: z
    .strictObject({
      number: z.string().nullable(),
      title: z.string(),
      file: z.string(),
      line: line.describe('of the definition or the paragraph, where the anchor names one'),
      authority: z.string(),
    })
    .nullable(),
  reasons: z.array(z.string()),
});

const drift = z.strictObject({
  wp_id: z.string(),
  file: z.string(),
  line: line.describe('of the anchor in the document'),
  anchor: z.string(),
  pinned: z.string().describe('the version, or the file that has none'),
  fate: z
    .enum(['MOVED', 'CHANGED', 'RENUMBERED', 'GONE', 'UNPROVABLE'])
    .describe('UNPROVABLE: the spec that it pins is not at hand, or it leads nowhere there'),
  detail: z.string(),
  to: place.nullable().describe('where the spec of today has it'),
});

/** The governance side of `gov report --json`. */
export const reportGovernanceSchema = z.strictObject({
  documents: z.record(z.string(), count).describe('documents that were read, by kind'),
  packets: z.array(packet).describe('by id'),
  rules: z.array(rule).describe('the worst severity first, then by id'),
  baselined: count.describe('findings that the baseline lets pass'),
  anchors: z.array(anchor),
  drift: z.array(drift).describe('pins of documents whose work is not over'),
});
