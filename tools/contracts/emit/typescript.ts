import type { Ir } from '../ir.ts';
import { emitEvents } from './events.ts';
import { type GeneratedFile, generatedFile } from './file.ts';
import { emitTypes } from './types.ts';

/** Types, events and an index over both. Without an envelope there are no events to write. */
export function emitTypeScript(ir: Ir, out: string): GeneratedFile[] {
  const names = ['types.ts'];
  const files = [emitTypes(ir, `${out}/types.ts`)];
  if (ir.envelope && ir.events.length > 0) {
    names.push('events.ts');
    files.push(emitEvents(ir, ir.envelope, `${out}/events.ts`));
  }
  const body = names.map((name) => `export * from './${name}';\n`).join('');
  return [...files, generatedFile(`${out}/index.ts`, ir, body)];
}
