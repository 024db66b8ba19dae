import type { Severity } from '../../findings/index.ts';

/** What a rule says of a real line: taken from the fixtures that hold it, never written by hand. */
export interface Example {
  file: string;
  line: number;
  severity: Severity;
  message: string;
  /** The line as it stands there; nothing where the end of a document is what is wrong. */
  text: string;
  /** The same after the fix. */
  fixed?: string;
}

/** Whether `--fix` mends what a rule finds: always, where it is mechanical, or never. */
export type Mending = 'always' | 'sometimes' | 'never';

export interface Examples {
  [rule: string]: { mending: Mending; example: Example };
}
