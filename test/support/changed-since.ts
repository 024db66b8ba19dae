import { commands } from '../../tools/cli/table.ts';

/** What CI runs on a change: against its base where `gov check` can, else on what is committed. */
export function ciCheck(base: string): string[] {
  const check = commands.find(({ name }) => name === 'check');
  return check !== undefined && 'changed-since' in check.options
    ? ['check', '--changed-since', base]
    : ['check', '--rev', 'HEAD'];
}
