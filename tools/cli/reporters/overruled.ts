/** What the reader has to know of a policy that a change has otherwise; undefined where it has not. */
export function overruledText(files: readonly string[], base: string): string | undefined {
  if (files.length === 0) return undefined;
  const [differs, whose] = files.length > 1 ? ['differ', 'those'] : ['differs', 'that'];
  return `${files.join(' and ')} ${differs} from ${base}: ${whose} of ${base} counts`;
}
