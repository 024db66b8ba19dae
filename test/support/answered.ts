const VALUES: Readonly<Record<string, string>> = {
  CLEARLY_COVERS_VERDICT: 'PASS',
  AMBIGUITY_FOUND: 'NO',
  AMBIGUITY_REASON: 'NONE',
  ENRICHMENT_NEEDED: 'NO',
  RISK_TIER: 'LOW',
  REQUESTOR: 'ilja',
  IN_SCOPE_PATHS: 'src/demo.ts',
  TEST_PLAN: 'npm test',
};

/** A scaffold with what a person writes into its open rows. */
export function answered(scaffold: string): string {
  let above = '';
  const lines = scaffold.split('\n').map((line) => {
    above = /^- ([A-Z_]+):/.exec(line)?.[1] ?? above;
    if (/^- USER_/.test(line)) return line;
    const ticked = line.replace(/\[ \] <PASS or FAIL>$/, '[x] PASS');
    return ticked.replace(/<[^<]*>$/, VALUES[above] ?? 'as the section says');
  });
  return lines.join('\n');
}
