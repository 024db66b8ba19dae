import type { MarkName } from './mark.tsx';

/** How a word is shown: its shape, and its tone (a class of style.css). */
export interface Sign {
  mark: MarkName;
  tone: 'good' | 'word' | 'wait' | 'bad' | 'quiet' | 'plain';
}

/** Every word for a state that the page shows, of checklists, findings, anchors, drift, trace and sessions. */
const SIGNS: Record<string, Sign> = {
  proven: { mark: 'tick', tone: 'good' },
  attested: { mark: 'half', tone: 'word' },
  'needs you': { mark: 'diamond', tone: 'wait' },
  open: { mark: 'ring', tone: 'quiet' },
  failed: { mark: 'cross', tone: 'bad' },
  'not needed': { mark: 'dash', tone: 'quiet' },
  error: { mark: 'cross', tone: 'bad' },
  warning: { mark: 'triangle', tone: 'wait' },
  info: { mark: 'note', tone: 'word' },
  verified: { mark: 'tick', tone: 'good' },
  failing: { mark: 'cross', tone: 'bad' },
  suspect: { mark: 'wave', tone: 'wait' },
  covered: { mark: 'half', tone: 'word' },
  untraced: { mark: 'hollow', tone: 'quiet' },
  'out of scope': { mark: 'dash', tone: 'quiet' },
  passed: { mark: 'tick', tone: 'good' },
  skipped: { mark: 'bars', tone: 'wait' },
  'no result': { mark: 'hollow', tone: 'quiet' },
  ready: { mark: 'tick', tone: 'good' },
  closed: { mark: 'ring', tone: 'quiet' },
  superseded: { mark: 'struck', tone: 'quiet' },
  done: { mark: 'tick', tone: 'good' },
  'in progress': { mark: 'arrow', tone: 'word' },
  blocked: { mark: 'diamond', tone: 'wait' },
  UNIQUE: { mark: 'tick', tone: 'good' },
  UNRESOLVED: { mark: 'cross', tone: 'bad' },
  NO_NUMBER: { mark: 'cross', tone: 'bad' },
  AMBIGUOUS: { mark: 'triangle', tone: 'wait' },
  IN_TEMPLATE_FENCE: { mark: 'triangle', tone: 'wait' },
  HIDDEN_BY_BROKEN_FENCE: { mark: 'triangle', tone: 'wait' },
  MISPLACED: { mark: 'triangle', tone: 'wait' },
  NOT_MAIN_BODY: { mark: 'triangle', tone: 'wait' },
  APPENDIX: { mark: 'note', tone: 'word' },
  ROADMAP: { mark: 'note', tone: 'word' },
  ADDENDUM_PARAGRAPH: { mark: 'note', tone: 'word' },
  TITLE_MISMATCH: { mark: 'triangle', tone: 'wait' },
  MOVED: { mark: 'arrow', tone: 'quiet' },
  CHANGED: { mark: 'wave', tone: 'wait' },
  RENUMBERED: { mark: 'half', tone: 'word' },
  GONE: { mark: 'cross', tone: 'bad' },
  UNPROVABLE: { mark: 'hollow', tone: 'quiet' },
  ACTIVE: { mark: 'arrow', tone: 'word' },
  COMPLETED: { mark: 'tick', tone: 'good' },
  BLOCKED: { mark: 'diamond', tone: 'wait' },
  PAUSED: { mark: 'bars', tone: 'wait' },
  CANCELLED: { mark: 'struck', tone: 'bad' },
  FAILED: { mark: 'cross', tone: 'bad' },
};

/** A word that the page does not know is shown all the same. */
export function signOf(word: string): Sign {
  return Object.hasOwn(SIGNS, word) ? SIGNS[word]! : { mark: 'ring', tone: 'plain' };
}
