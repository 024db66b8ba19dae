import { UsageError } from '../findings/index.ts';

/** A file of the user's that steers govkit is wrong: all of its problems at once, each with its place. */
export class ConfigError extends UsageError {
  readonly problems: readonly string[];
  constructor(problems: readonly string[], options?: ErrorOptions) {
    super(problems.join('\n'), options);
    this.problems = problems;
  }
}
