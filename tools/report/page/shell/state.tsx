import { Mark } from './mark.tsx';
import { signOf } from './signs.ts';

/** The word for a state with its shape and its colour; a constant of the code is put in plain letters. */
export function State({ word, says = spoken(word) }: { word: string; says?: string }) {
  const { mark, tone } = signOf(word);
  return (
    <span class={`state ${tone}`}>
      <Mark name={mark} />
      {says}
    </span>
  );
}

/** `TITLE_MISMATCH` is read as "title mismatch". */
export function spoken(word: string): string {
  return /^[A-Z_]+$/.test(word) ? word.toLowerCase().replaceAll('_', ' ') : word;
}
