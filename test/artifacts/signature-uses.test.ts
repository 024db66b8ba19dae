import { describe, expect, it } from 'vitest';
import { isDated, signatureText, signatureUses } from '../../tools/artifacts/index.ts';
import { treeOf } from './memory.ts';

describe('signatureUses', () => {
  it('rows of the audit, then events, then documents; prose is no use', async () => {
    const tree = await treeOf({
      '.GOV/task_packets/WP-1-B-v1.md': '# Task Packet: WP-1-B-v1\n\n- USER_SIGNATURE: `ann010120260900`\n',
      '.GOV/task_packets/WP-1-A-v1.md':
        '# Task Packet: WP-1-A-v1\n\n- USER_SIGNATURE: ann010120260900\n- NOTES: as ann020120260900 said\n',
      '.GOV/refinements/WP-1-A-v1.md': '### METADATA\n\n- USER_SIGNATURE: ann010120260900\n',
      '.GOV/roles/orchestrator/ORCHESTRATOR_GATES.json':
        '{"gate_logs":[{"wpId":"WP-1-A-v1","type":"SIGNATURE","signature":"ann010120260900","timestamp":"2026-01-01T08:00:00Z"}]}',
      '.GOV/roles_shared/SIGNATURE_AUDIT.md':
        '| Signature | Used By | Date/Time | Purpose |\n|---|---|---|---|\n| ann010120260900 | x | - | Task packet creation: WP-1-A-v1 |\n',
    });
    const uses = signatureUses(tree);
    expect([...uses.keys()]).toEqual(['ann010120260900']);
    expect(uses.get('ann010120260900')!.map(({ kind, wpIds }) => [kind, ...wpIds])).toEqual([
      ['audit', 'WP-1-A-v1'],
      ['gate_log', 'WP-1-A-v1'],
      ['refinement', 'WP-1-A-v1'],
      ['packet', 'WP-1-A-v1'],
      ['packet', 'WP-1-B-v1'],
    ]);
  });

  it.each([
    ['ilja220220261648', true],
    ['ilja2912202519', true],
    ['ilja', false],
    ['<pending>', false],
    ['NOT-A-SIGNATURE', false],
  ])('%s is dated: %s', (text, dated) => {
    expect([isDated(text), signatureText(`\`${text}\``)]).toEqual([dated, text]);
  });
});
