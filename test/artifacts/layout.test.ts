import { describe, expect, it } from 'vitest';
import { defaultLayout, type Layout, layoutOf } from '../../tools/artifacts/index.ts';
import { PLACED_KINDS } from '../../tools/config/index.ts';

const PATHS = [
  '.GOV/task_packets/stubs/WP-1-A-v1.md',
  '.GOV/task_packets/WP-1-A-v1.md',
  '.GOV/task_packets/WP-1-A-v1/packet.md',
  '.GOV/refinements/WP-1-A-v1.md',
  '.GOV/roles_shared/TASK_BOARD.md',
  '.GOV/roles_shared/records/TASK_BOARD.md',
  '.GOV/roles_shared/WP_TRACEABILITY_REGISTRY.md',
  '.GOV/roles_shared/records/WP_TRACEABILITY_REGISTRY.md',
  '.GOV/roles_shared/SIGNATURE_AUDIT.md',
  '.GOV/roles_shared/records/SIGNATURE_AUDIT.md',
  '.GOV/roles/orchestrator/ORCHESTRATOR_GATES.json',
  '.GOV/roles.yaml',
  '.GOV/ledger/WP-1-A-v1/0001-claim-abc.json',
  '.GOV/notes.md',
  '.GOV/task_packets/README.md',
  'docs/task_packets/WP-1-A-v1.md',
];

const kinds = (layout: Layout): string[] =>
  PATHS.flatMap((path) => {
    const kind = layout.kindOf(path);
    return kind === undefined ? [] : [`${kind} ${path.slice('.GOV/'.length)}`];
  });

const records = ['board', 'registry', 'audit'];
const isJune = (line: string): boolean => line.includes('/records/') || line.includes('/packet.md');
const isFebruary = (line: string): boolean =>
  !isJune(line) && [...records, 'packet'].includes(line.split(' ')[0]!);

describe('the layout', () => {
  it('without a word is that of February and of June', () => {
    expect(kinds(defaultLayout())).toEqual([
      'stub task_packets/stubs/WP-1-A-v1.md',
      'packet task_packets/WP-1-A-v1.md',
      'packet task_packets/WP-1-A-v1/packet.md',
      'refinement refinements/WP-1-A-v1.md',
      'board roles_shared/TASK_BOARD.md',
      'board roles_shared/records/TASK_BOARD.md',
      'registry roles_shared/WP_TRACEABILITY_REGISTRY.md',
      'registry roles_shared/records/WP_TRACEABILITY_REGISTRY.md',
      'audit roles_shared/SIGNATURE_AUDIT.md',
      'audit roles_shared/records/SIGNATURE_AUDIT.md',
      'gates roles/orchestrator/ORCHESTRATOR_GATES.json',
      'roles roles.yaml',
      'ledger ledger/WP-1-A-v1/0001-claim-abc.json',
    ]);
  });

  it('of a preset has only its own places', () => {
    const both = kinds(defaultLayout());
    const of = (preset: 'february' | 'june') => kinds(layoutOf({ folder: '.GOV', preset, globs: {} }));
    expect(of('february')).toEqual(both.filter((line) => !isJune(line)));
    expect(of('june')).toEqual(both.filter((line) => !isFebruary(line)));
  });

  it.each([
    [undefined, ['gov/roles_shared/SPEC_CURRENT.md', 'gov/spec/SPEC_CURRENT.md']],
    ['february', ['gov/roles_shared/SPEC_CURRENT.md']],
    ['june', ['gov/spec/SPEC_CURRENT.md']],
  ] as const)('of preset %s names the spec at %j', (preset, pointers) => {
    expect(layoutOf({ folder: 'gov', preset, globs: {} }).pointers).toEqual(pointers);
  });

  it('takes another folder', () => {
    const layout = layoutOf({ folder: 'docs/gov', globs: {} });
    expect(layout.kindOf('docs/gov/roles.yaml')).toBe('roles');
    expect(layout.kindOf('.GOV/roles.yaml')).toBeUndefined();
    expect(layout.kindOf('docs/gov2/roles.yaml')).toBeUndefined();
  });

  it('takes other places for a kind, and only those', () => {
    const layout = layoutOf({ folder: '.GOV', globs: { stub: ['backlog/**/*.md'], board: ['BOARD.md'] } });
    expect(kinds(layout).filter((line) => /^(?:stub|board) /.test(line))).toEqual([]);
    expect(layout.kindOf('.GOV/backlog/deep/WP-1-A-v1.md')).toBe('stub');
    expect(layout.kindOf('.GOV/BOARD.md')).toBe('board');
    expect(layout.kindOf('.GOV/backlog/README.md')).toBeUndefined();
    expect(layout.kindOf('backlog/deep/WP-1-A-v1.md')).toBeUndefined();
  });

  it('does not read what is not judged', () => {
    const layout = layoutOf({ folder: '.GOV', globs: {}, ignore: ['.GOV/task_packets/stubs/**'] });
    expect(layout.kindOf(PATHS[0]!)).toBeUndefined();
    expect(layout.kindOf(PATHS[1]!)).toBe('packet');
  });

  it('has an id by which two are told apart', () => {
    const ids = [
      defaultLayout(),
      defaultLayout('gov'),
      layoutOf({ folder: '.GOV', preset: 'june', globs: {} }),
      layoutOf({ folder: '.GOV', globs: { stub: ['x'] } }),
      layoutOf({ folder: '.GOV', globs: {}, ignore: ['x'] }),
    ].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(defaultLayout().id).toBe(defaultLayout().id);
  });

  it('every kind can be placed by the configuration', () => {
    const told = new Set(kinds(defaultLayout()).map((line) => line.split(' ')[0]));
    expect([...told].sort()).toEqual([...PLACED_KINDS].sort());
  });
});
