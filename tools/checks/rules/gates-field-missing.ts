import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
  type: string;
  fields: string[];
}

const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  REFINEMENT: ['refinement_path', 'spec_target_resolved', 'spec_target_sha1'],
  SIGNATURE: ['signature', 'refinement_path'],
  PREPARE: ['coder_id', 'branch', 'worktree_dir'],
};

export const gatesFieldMissing = defineRule<'gates', Args>({
  id: 'gates/field-missing',
  summary: 'An event of the gate log says what was refined, signed or prepared.',
  appliesTo: 'gates',
  severity: 'warning',
  docs: 'Events of the first days have fewer fields (`data` in place of the refinement) and are left alone.',
  message: ({ wpId, type, fields }) =>
    `Unexpected ${type} of ${wpId} without ${fields.join(', ')}, expected ${REQUIRED[type]?.join(', ')}`,
  *check({ events }) {
    for (const { wpId, type, legacy, entry } of events) {
      const required = Object.hasOwn(REQUIRED, type) && !legacy ? REQUIRED[type]! : [];
      const fields = required.filter((key) => (entry.text(key)?.text ?? '').trim() === '');
      if (fields.length > 0) yield { place: entry.place, args: { wpId, type, fields } };
    }
  },
});
