import type { Finding } from './finding.ts';

/** Base of every error that govkit expects and explains in one line. */
export class GovError extends Error {
  override name = 'GovError';
}

/** The call itself is wrong (arguments, configuration): exit code 2. */
export class UsageError extends GovError {
  override name = 'UsageError';
}

/** The tree is wrong in a way that stops the command: exit code 1, shown as a finding. */
export class TreeError extends GovError {
  override name = 'TreeError';
  readonly finding: Finding;
  constructor(finding: Finding, options?: ErrorOptions) {
    super(finding.message, options);
    this.finding = finding;
  }
}
