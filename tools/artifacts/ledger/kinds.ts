import { z } from 'zod';
import { INTENTS } from '../stub/intent.ts';

/** Who may act on a work packet. A role is a claim, and as much as its signature: none, unless a key signed. */
export const ACTING_ROLES = ['Operator', 'Orchestrator', 'Coder', 'Validator'] as const;

export type ActingRole = (typeof ACTING_ROLES)[number];

const text = z.string().regex(/\S/, 'a text that is not blank');
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'a sha256 in hexadecimal');
/** Name of a part of a document, and the digest of what it says. */
const parts = z.record(z.string(), hash);
const day = z.iso.date('a day of the calendar (YYYY-MM-DD)');
/** The Operator's own lines as they were, by field: an undo puts them back. */
const lines = z.record(z.string(), z.string());

/** What was said of an item, and of which state of things: it counts as long as that has not changed. */
const word = z.strictObject({
  intent: z.enum(INTENTS),
  /** Of an item that no rule knows: its text. */
  text: text.optional(),
  reason: text,
  /** Digest of what was looked at. */
  subject: hash,
});

const owners = ['Orchestrator', 'Operator'] as const;

/**
 * Every kind of entry, the roles that may write it, and what it says. A Coder claims, and only a Validator confirms;
 * what opens a gate is the Operator's.
 */
export const LEDGER_KINDS = {
  /** A stub was written: from a roadmap item, or as the next revision of a packet. */
  stub: {
    roles: owners,
    data: z.strictObject({
      stub: text,
      parts,
      roadmap_item: text.optional(),
      revision_of: text.optional(),
    }),
  },
  /** A refinement was written, or one that was there taken on. */
  refine: {
    roles: owners,
    data: z.strictObject({
      refinement: text,
      parts,
      /** It was there already: an undo leaves it. */
      taken_on: z.literal(true).optional(),
    }),
  },
  /** The block was shown and approved: what it said. */
  approve: { roles: ['Operator'], data: z.strictObject({ digest: hash, parts, was: lines.optional() }) },
  /** The Operator's signature, bound to what it was given for. */
  sign: {
    roles: ['Operator'],
    data: z.strictObject({
      signature: text,
      /** The zone that the time in the signature counts in. */
      time_zone: text,
      /** Digest over all of `parts`. */
      digest: hash,
      parts,
      was: lines.optional(),
      ssh: z
        .strictObject({
          /** The first commit of the repository that it was given in. */
          repository: text,
          /** The detached signature, in armour. */
          signature: text,
        })
        .optional(),
    }),
  },
  /** Branch and worktree are there, and who is to work in them. */
  prepare: {
    roles: owners,
    data: z.strictObject({
      coder: text,
      branch: text,
      worktree: text,
      base: text,
      /** What was there already: an undo leaves it. */
      found: z.array(z.enum(['branch', 'worktree'])).optional(),
    }),
  },
  /** The packet was written: what it says, and where each note of the stub went. */
  create: {
    roles: owners,
    data: z.strictObject({
      packet: text,
      parts,
      /** Of the whole file with LF, to see whether anybody has worked in it. */
      sha256: hash,
      notes: z.record(z.string(), text),
      /** How the renderings were that it changed, where they were not as the tool writes them. */
      was: z
        .strictObject({
          /** The entry before it in its section of the board; empty for the first. */
          behind: z.string(),
          /** What its entry said behind the token. */
          detail: z.string(),
          /** What its registry row said of the board, and its notes. */
          taskBoard: z.string(),
          notes: z.string(),
          /** The status of its stub. */
          status: z.string(),
        })
        .partial()
        .optional(),
    }),
  },
  attest: { roles: ['Operator'], data: word },
  confirm: { roles: ['Validator'], data: word },
  claim: { roles: ['Coder'], data: word },
  /** A blocker that does not count until a day is over. */
  waive: {
    roles: ['Operator'],
    data: z.strictObject({ blocker: text, reason: text, until: day }),
  },
  /** Heads that competed: one of them is kept, or what none of them contradicts. */
  settle: { roles: ['Operator'], data: z.strictObject({ keep: hash, reason: text.optional() }) },
  /** An entry that is taken back. */
  undo: { roles: owners, data: z.strictObject({ undoes: hash, reason: text.optional() }) },
  /** The packet goes on as another one. */
  revise: { roles: owners, data: z.strictObject({ to: text, reason: text }) },
} as const satisfies Record<string, { roles: readonly ActingRole[]; data: z.ZodType }>;

export type LedgerKind = keyof typeof LEDGER_KINDS;

/** What an entry of a kind says. */
export type LedgerData<K extends LedgerKind> = z.infer<(typeof LEDGER_KINDS)[K]['data']>;

export function isLedgerKind(kind: string): kind is LedgerKind {
  return Object.hasOwn(LEDGER_KINDS, kind);
}

/** May a role write entries of a kind? */
export function mayWrite(role: string, kind: LedgerKind): boolean {
  return (LEDGER_KINDS[kind].roles as readonly string[]).includes(role);
}
