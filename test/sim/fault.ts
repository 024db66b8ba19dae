/** Tells of a broken invariant: the name of the rule, and what was found. */
export type Report = (rule: string, message: string) => void;
