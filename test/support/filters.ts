import { expect } from 'vitest';
import type { Look } from './browser.ts';

interface Choice {
  /** Of which filter, and the word for it. */
  name: string;
  href: string;
  /** How many rows it promises. */
  count: number;
}

const CHOICES = `[...document.querySelectorAll('.choices a.choice:not(.all)')].map((choice) => ({
  name: choice.closest('nav').ariaLabel + ': ' + choice.textContent.trim(),
  href: choice.getAttribute('href'),
  count: Number(choice.querySelector('b').textContent),
}))`;
const CHOSEN = `[document.querySelectorAll('.choice[aria-current]').length, parseInt(document.querySelector('.count').textContent)]`;

const eventually = (look: Look, expression: string, about: string) =>
  expect.poll(() => look.page.evaluate(expression), { message: about });

/**
 * Chooses every value of every filter of a view of the governance side, one after the other, with the mouse; each
 * must leave as many rows as it promises. Then a word that nothing has, and none. Gives the names of the choices.
 */
export async function tryFilters(look: Look, view: string): Promise<string[]> {
  const { page } = look;
  await look.go(view);
  await page.locator('.count').waitFor();
  const choices = (await page.evaluate(CHOICES)) as Choice[];
  const [, all] = (await page.evaluate(CHOSEN)) as [number, number];
  for (const { name, href, count } of choices) {
    await page.click(`.choice[href="${href}"]`);
    await eventually(look, CHOSEN, `${view} ${name}`).toEqual([1, count]);
    await page.click('.choice.all');
    await eventually(look, CHOSEN, `${view} ${name} taken out`).toEqual([0, all]);
  }
  await page.fill('.filters input[type=search]', 'nothing says this');
  await eventually(look, CHOSEN, `${view} words that nothing has`).toEqual([0, 0]);
  await page.locator('.empty').waitFor();
  await page.fill('.filters input[type=search]', '');
  await eventually(look, CHOSEN, `${view} no words`).toEqual([0, all]);
  return choices.map(({ name }) => name);
}
