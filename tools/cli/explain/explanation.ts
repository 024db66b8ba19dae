import type { CataloguedRule } from './catalogue.ts';
import type { Example, Examples, Mending } from './example.ts';

/** All that there is to say about a rule; page, terminal and JSON say the same. */
export interface Explanation extends CataloguedRule {
  paragraphs: string[];
  example?: Example | undefined;
  mending: Mending;
  /** What mends it, as a sentence. */
  mended: string;
  /** What silences it, as sentences. */
  silenced: string[];
}

/** Puts together what a rule says of itself and what its fixtures show. */
export function explain(rule: CataloguedRule, examples: Examples): Explanation {
  const { mending = 'never', example } = examples[rule.id] ?? {};
  return {
    ...rule,
    paragraphs: (rule.docs ?? '').trim() === '' ? [] : rule.docs!.trim().split(/\n\n+/),
    example,
    mending,
    mended: mendedBy(rule.id, mending),
    silenced: silencedBy(rule),
  };
}

function mendedBy(id: string, mending: Mending): string {
  if (mending === 'never') return 'By hand.';
  const command = `\`gov check --fix --rule ${id}\` shows the repair, and with \`--write\` makes it`;
  return mending === 'always' ? `${command}.` : `${command}, where it is mechanical; the rest by hand.`;
}

function silencedBy({ id, weighed }: CataloguedRule): string[] {
  if (id === 'tree/empty') return ['Nothing silences it: a check that has seen nothing must not pass.'];
  if (!weighed)
    return ['`gov check` does not report it, so that neither configuration nor baseline silences it.'];
  return [
    `In \`gov.config.yaml\`, \`check: { rules: { ${id}: off } }\` silences it; \`info\`, \`warning\` and \`error\` weigh it otherwise.`,
    'What a tree had before it adopted the tool is silenced by its baseline (`gov check --baseline`): only new findings fail.',
  ];
}
