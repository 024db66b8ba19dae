import type { Ir } from '../ir.ts';
import { type GeneratedFile, generatedMarkdown } from './file.ts';
import { eventsPage } from './markdown-events.ts';
import { EVENTS_PAGE, Links, TYPES_PAGE } from './markdown-page.ts';
import { typesPage } from './markdown-types.ts';

/** The catalogue of events and the reference of types. Without an event there is no catalogue. */
export function emitMarkdown(ir: Ir, out: string): GeneratedFile[] {
  const links = new Links(ir);
  const files = [generatedMarkdown(`${out}/${TYPES_PAGE}`, ir, typesPage(ir, links))];
  if (ir.events.length > 0 || ir.mentions.length > 0)
    files.push(generatedMarkdown(`${out}/${EVENTS_PAGE}`, ir, eventsPage(ir, links)));
  return files;
}
