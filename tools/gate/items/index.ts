import { allOf, type Intent, packetParts, partDigests } from '../../artifacts/index.ts';
import { resolveAnchor } from '../../spec/index.ts';
import { canonicalJson, sha256 } from '../../text/index.ts';
import type { Dossier } from '../dossier.ts';
import { type Evidence, type Judgement, judged, TYPED } from '../model.ts';
import { nextStep } from '../next.ts';
import { judgeBoard } from './board.ts';
import { judgeCopyNotes, notesOf } from './copy-notes.ts';
import { judgeMainBody } from './main-body.ts';
import { judgePacket } from './packet.ts';
import { judgeRefinementBlock } from './refinement-block.ts';
import { judgeRefinementFile } from './refinement-file.ts';
import { judgeRegistry } from './registry.ts';
import { judgeSignature } from './signature.ts';

/** The evidence rule of each intent (governance-grammar 6). */
const RULES: Record<Intent, (dossier: Dossier) => Judgement> = {
  main_body: judgeMainBody,
  refinement_block: judgeRefinementBlock,
  signature: judgeSignature,
  refinement_file: judgeRefinementFile,
  packet: judgePacket,
  copy_notes: judgeCopyNotes,
  board: judgeBoard,
  registry: judgeRegistry,
  other: () => judged('NEEDS_HUMAN', [{ kind: 'note', detail: 'no rule knows this item' }]),
};

/** What no record can prove, so that a human's word may settle it; a signature or a file is there or it is not. */
export const HUMANS: ReadonlySet<Intent> = new Set<Intent>(['main_body', 'copy_notes', 'other']);

/** An item of the checklist, as it is asked about. */
export interface Asked {
  index: number;
  intent: Intent;
  text: string;
}

/**
 * How an item stands. A recorded word settles what only a human can, as long as what it was said of has not
 * changed, and nothing that is wrong; a Coder's claim settles nothing.
 */
export function judge(dossier: Dossier, item: Asked): Judgement {
  const judgement = RULES[item.intent](dossier);
  if (judgement.state !== 'NEEDS_HUMAN' || !HUMANS.has(item.intent)) return judgement;
  const words = allOf(dossier.fold, 'attest', 'confirm', 'claim').filter(
    ({ data }) => data.intent === item.intent && (item.intent !== 'other' || data.text === item.text),
  );
  const subject = wordSubject(dossier, item);
  const said = words.map((word): Evidence & { settles: boolean } => {
    const { kind, actor, role, time, data, path } = word;
    const stale = data.subject !== subject;
    const why = stale
      ? '; what it was said of has changed since'
      : kind === 'claim'
        ? '; a claim settles nothing until a Validator or the Operator says so'
        : `; ${TYPED}`;
    const detail = `${SAID[kind]} by ${actor} (${role}) at ${time}: ${data.reason}${why}`;
    return { kind: 'ledger', file: path, line: 1, detail, settles: !stale && kind !== 'claim' };
  });
  const evidence = [...said.map(({ settles: _, ...each }) => each).reverse(), ...judgement.evidence];
  const settled = said.some(({ settles }) => settles);
  const next = judgement.next ?? nextStep.attest(dossier.wpId, item.index);
  return settled ? judged('ATTESTED', evidence) : judged('NEEDS_HUMAN', evidence, next);
}

const SAID = { attest: 'attested', confirm: 'confirmed', claim: 'claimed' } as const;

/** Digest of what a word about an item is about: another state of things asks for another word. */
export function wordSubject(dossier: Dossier, { intent, text }: Omit<Asked, 'index'>): string {
  const { stub, packet, spec } = dossier;
  const about: Record<string, unknown> = { intent };
  if (intent === 'main_body')
    about.anchors = stub?.candidates.map(({ text: anchor }) => [
      anchor,
      spec && resolveAnchor(spec, anchor).status,
    ]);
  else if (intent === 'copy_notes') {
    about.notes = stub === undefined ? [] : notesOf(stub).map(({ id }) => id);
    about.packet = packet === undefined ? null : partDigests(['packet', packetParts(packet)]);
  } else about.text = text;
  return sha256(canonicalJson(about));
}
