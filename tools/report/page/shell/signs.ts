import type { MarkName } from './mark.tsx';

/** How a word is shown: its shape, and its tone (a class of style.css). */
export interface Sign {
  mark: MarkName;
  tone: 'good' | 'word' | 'wait' | 'bad' | 'quiet' | 'plain';
}

/** Every word for a state that the page shows, of checklists, findings, anchors, drift, trace and sessions. */
const SIGNS: Record<string, Sign> = {
  proven: { mark: 'proven', tone: 'good' },
  attested: { mark: 'half', tone: 'word' },
  'needs you': { mark: 'diamond', tone: 'wait' },
  open: { mark: 'ring', tone: 'quiet' },
  failed: { mark: 'cross', tone: 'bad' },
  'not needed': { mark: 'dash', tone: 'quiet' },
  error: { mark: 'cross', tone: 'bad' },
  warning: { mark: 'triangle', tone: 'wait' },
  info: { mark: 'ring', tone: 'word' },
  verified: { mark: 'proven', tone: 'good' },
  failing: { mark: 'cross', tone: 'bad' },
  suspect: { mark: 'wave', tone: 'wait' },
  covered: { mark: 'half', tone: 'word' },
  untraced: { mark: 'hollow', tone: 'quiet' },
  'out of scope': { mark: 'dash', tone: 'quiet' },
  passed: { mark: 'proven', tone: 'good' },
  skipped: { mark: 'bars', tone: 'wait' },
  'no result': { mark: 'hollow', tone: 'quiet' },
  ready: { mark: 'proven', tone: 'good' },
  closed: { mark: 'ring', tone: 'quiet' },
  superseded: { mark: 'dash', tone: 'quiet' },
  done: { mark: 'proven', tone: 'good' },
  'in progress': { mark: 'play', tone: 'word' },
  UNIQUE: { mark: 'proven', tone: 'good' },
  UNRESOLVED: { mark: 'cross', tone: 'bad' },
  NO_NUMBER: { mark: 'cross', tone: 'bad' },
  AMBIGUOUS: { mark: 'triangle', tone: 'wait' },
  TITLE_MISMATCH: { mark: 'triangle', tone: 'wait' },
  MOVED: { mark: 'play', tone: 'quiet' },
  CHANGED: { mark: 'wave', tone: 'wait' },
  RENUMBERED: { mark: 'half', tone: 'word' },
  GONE: { mark: 'cross', tone: 'bad' },
  UNPROVABLE: { mark: 'hollow', tone: 'quiet' },
  ACTIVE: { mark: 'play', tone: 'word' },
  COMPLETED: { mark: 'proven', tone: 'good' },
  BLOCKED: { mark: 'diamond', tone: 'wait' },
  PAUSED: { mark: 'bars', tone: 'wait' },
  CANCELLED: { mark: 'dash', tone: 'bad' },
  FAILED: { mark: 'cross', tone: 'bad' },
};

/** A word that the page does not know is shown all the same. */
export function signOf(word: string): Sign {
  return Object.hasOwn(SIGNS, word) ? SIGNS[word]! : { mark: 'ring', tone: 'plain' };
}
