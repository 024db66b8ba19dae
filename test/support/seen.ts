import type { Page } from 'playwright-core';

/** What is there for a screen reader alone has this class; a pixel of it is no text that a person sees. */
const SEEN = (selector: string) => `(() => {
  const unseen = [...document.querySelectorAll('.hidden')].filter((element) => element.style.display === '');
  for (const element of unseen) element.style.display = 'none';
  const text = [...document.querySelectorAll(${JSON.stringify(selector)})]
    .filter((element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
    .map((element) => element.innerText.split(/\\s*[\\n\\t]\\s*/).map((line) => line.replace(/\\s+/g, ' ').trim()).filter((line) => line !== ''));
  for (const element of unseen) element.style.display = '';
  return text;
})()`;

/** Of each element that a person sees, the lines of text that stand there, blanks at their ends left out. */
export async function seenIn(page: Page, selector: string): Promise<string[][]> {
  return (await page.evaluate(SEEN(selector))) as string[][];
}

/** The lines of text that a person sees in the view. */
export async function seen(page: Page, selector = 'main'): Promise<string[]> {
  return (await seenIn(page, selector)).flat();
}
