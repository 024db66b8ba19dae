/** What an item of an activation checklist asks for (DESIGN §3). */
export const INTENTS = [
  'main_body',
  'refinement_block',
  'signature',
  'refinement_file',
  'packet',
  'copy_notes',
  'board',
  'registry',
  'other',
] as const;

export type Intent = (typeof INTENTS)[number];

/** How an item is recognised: by its keywords and code spans, never by its place in the list. */
interface IntentRule {
  intent: Intent;
  /** The item in a person's words, for messages. */
  about: string;
  matches: RegExp;
  not?: RegExp;
}

// In order: a path or a command says more than a word, so those come first.
const RULES: readonly IntentRule[] = [
  {
    intent: 'registry',
    about: 'recording the packet in the traceability registry',
    matches: /WP_TRACEABILITY_REGISTRY|traceability registry/i,
  },
  {
    intent: 'board',
    about: 'moving the Task Board entry out of STUB',
    matches: /TASK_BOARD|task board/i,
  },
  {
    intent: 'copy_notes',
    about: 'copying scope and acceptance notes',
    matches: /\bcopy\b.*\b(?:scope|acceptance|notes?)\b/i,
  },
  {
    intent: 'packet',
    about: 'creating the official task packet',
    matches: /create-task-packet|\b(?:create|make)\b.*\b(?:official|task) packet/i,
  },
  {
    intent: 'refinement_file',
    about: 'the approved refinement file',
    matches: /\.GOV\/refinements\/|\brefinement file\b/i,
  },
  {
    intent: 'refinement_block',
    about: 'the Technical Refinement Block',
    matches: /technical refinement block/i,
  },
  {
    intent: 'signature',
    about: 'the USER_SIGNATURE',
    matches: /USER_SIGNATURE|\buser signature\b/i,
  },
  {
    intent: 'main_body',
    about: 'the requirement standing in the Main Body of the Master Spec',
    matches: /\bmain body\b|\bSPEC_ANCHOR\b|\bmaster spec sections?\b/i,
    not: /\b(?:update|bump|enrich)\b.*\bspec\b.*\bversion\b/i,
  },
];

/** The intent of an item; one that nobody knows stays `other`, and needs a human. */
export function classifyItem(text: string, codeSpans: readonly string[] = []): Intent {
  const whole = [text, ...codeSpans].join('\n');
  const rule = RULES.find(({ matches, not }) => matches.test(whole) && !(not?.test(whole) ?? false));
  return rule?.intent ?? 'other';
}

/** An intent in a person's words: "the USER_SIGNATURE". */
export function intentAbout(intent: Intent): string {
  return RULES.find((rule) => rule.intent === intent)?.about ?? 'something else';
}
