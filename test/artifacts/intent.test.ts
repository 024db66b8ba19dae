import { describe, expect, it } from 'vitest';
import { classifyItem, type Intent } from '../../tools/artifacts/index.ts';

// The wordings that are known from the field, shortened to what differs.
const CASES: readonly (readonly [Intent, string])[] = [
  ['main_body', 'Confirm the requirement exists in Master Spec Main Body (not just Roadmap).'],
  ['main_body', 'Confirm anchor sections exist in Master Spec Main Body.'],
  ['main_body', 'Confirm authoritative SPEC_ANCHOR set (sections above; not Roadmap).'],
  ['main_body', 'Confirm authoritative SPEC_ANCHOR (Main Body) or run spec enrichment workflow if needed.'],
  ['main_body', 'Confirm the requirements are satisfied by referenced Master Spec sections.'],
  ['refinement_block', 'Produce in-chat Technical Refinement Block (per the protocol).'],
  ['refinement_block', 'In-chat Technical Refinement Block.'],
  ['signature', 'Obtain USER_SIGNATURE for the WP.'],
  ['signature', 'USER_SIGNATURE.'],
  ['refinement_file', 'Create .GOV/refinements/WP-1-Demo-v1.md.'],
  [
    'refinement_file',
    'Create `.GOV/refinements/WP-1-Demo-v1.md` (approved/signed). (Keep filename; do not rename.)',
  ],
  ['packet', 'Create the official task packet via `just create-task-packet WP-1-Demo-v1`.'],
  ['copy_notes', 'Copy relevant scope/acceptance notes from this stub into the official packet.'],
  ['board', 'Move `.GOV/roles_shared/TASK_BOARD.md` entry from STUB to Ready for Dev.'],
  ['board', 'Move `.GOV/roles_shared/records/TASK_BOARD.md` entry out of STUB.'],
  ['board', 'Move Task Board entry out of STUB (In Progress is handled when work begins).'],
  [
    'registry',
    'Update `.GOV/roles_shared/WP_TRACEABILITY_REGISTRY.md` to point `WP-1-Demo` -> `WP-1-Demo-v1`.',
  ],
  ['other', 'Scout the research of others.'],
  ['other', 'Keep SQLite forbidden.'],
  ['other', ''],
];

describe('classifyItem', () => {
  it.each(CASES)('%s: %s', (intent, text) => {
    expect(classifyItem(text)).toBe(intent);
  });

  it('a code span counts, however the sentence reads', () => {
    expect(classifyItem('Make it so.', ['just create-task-packet WP-1-Demo-v1'])).toBe('packet');
  });
});
