import type { CheckConfig } from '../../config/index.ts';
import type { Finding } from '../../findings/index.ts';

/** What a repository says about rules and documents. */
export interface Weights {
  rules: CheckConfig['rules'];
  /** Documents that are not judged. */
  ignored(path: string): boolean;
}

/** Findings as the repository weighs them: rules that are off, and documents that are not judged, are left out. */
export function applyPolicy(findings: readonly Finding[], { rules, ignored }: Weights): Finding[] {
  return findings.flatMap((finding) => {
    // A gate that has seen nothing must not pass, whatever the policy says.
    if (finding.rule === 'tree/empty') return [finding];
    const weight = rules[finding.rule];
    if (weight === 'off' || ignored(finding.place.file)) return [];
    return [weight === undefined ? finding : { ...finding, severity: weight }];
  });
}
