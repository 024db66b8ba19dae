import type { Intent } from '../../artifacts/index.ts';
import type { Dossier } from '../dossier.ts';
import { type Judgement, judged, TYPED } from '../model.ts';
import { nextStep } from '../next.ts';
import { judgeBoard } from './board.ts';
import { judgeCopyNotes } from './copy-notes.ts';
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
  other: () => judged('NEEDS_HUMAN', [{ kind: 'note', detail: 'no rule knows this item' }], nextStep.judge()),
};

/** What no record can prove, so that a human's word may settle it; a signature or a file is there or it is not. */
const HUMANS = new Set<Intent>(['main_body', 'copy_notes', 'other']);

/** How an item stands; a recorded word of a human settles what only a human can, and nothing that is wrong. */
export function judge(dossier: Dossier, intent: Intent, text: string): Judgement {
  const judgement = RULES[intent](dossier);
  if (judgement.state !== 'NEEDS_HUMAN' || !HUMANS.has(intent)) return judgement;
  const word = dossier.ledger.findLast(
    ({ kind, data }) =>
      kind === 'attest' &&
      data.intent === intent &&
      reasonOf(data) !== '' &&
      (intent !== 'other' || data.text === text),
  );
  if (word === undefined) return judgement;
  const said = {
    kind: 'ledger' as const,
    file: word.path,
    line: 1,
    detail: `attested by ${word.actor} (${word.role}) at ${word.time}: ${reasonOf(word.data)}; ${TYPED}`,
  };
  return judged('ATTESTED', [said, ...judgement.evidence]);
}

function reasonOf(data: Record<string, unknown>): string {
  return typeof data.reason === 'string' ? data.reason.trim() : '';
}
