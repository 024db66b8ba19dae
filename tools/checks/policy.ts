import picomatch from 'picomatch';
import type { CheckConfig } from '../config/index.ts';
import type { Finding } from '../findings/index.ts';

/** Findings as the repository weighs them: rules that are off, and documents that are not judged, are left out. */
export function applyPolicy(
  findings: readonly Finding[],
  { rules, ignore }: Pick<CheckConfig, 'rules' | 'ignore'>,
): Finding[] {
  const ignored = ignore.length === 0 ? () => false : picomatch([...ignore], { dot: true });
  return findings.flatMap((finding) => {
    // A gate that has seen nothing must not pass, whatever the policy says.
    if (finding.rule === 'tree/empty') return [finding];
    const weight = rules[finding.rule];
    if (weight === 'off' || ignored(finding.place.file)) return [];
    return [weight === undefined ? finding : { ...finding, severity: weight }];
  });
}
