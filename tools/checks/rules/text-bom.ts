import { spanPlace } from '../../text/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  format: string;
}

export const textBom = defineRule<'text', Args>({
  id: 'text/bom',
  summary: 'A file begins with its text, not with a byte order mark.',
  appliesTo: 'text',
  severity: 'info',
  docs: `A byte order mark is no text, and every reader must know to skip it. JSON forbids it, so that a JSON file with one is a warning: many parsers stop at it. In Markdown it is legal and only worth knowing: a script that looks for "^#" misses the first heading, one that looks for "#!" starts the wrong shell, and one that demands ASCII refuses the template that it has written itself.

govkit skips the mark wherever it stands first, and positions are the same with and without. Save the file as "UTF-8 without BOM" to be rid of it.`,
  message: ({ format }) => `Unexpected byte order mark, expected ${format}`,
  *check({ path, bom }) {
    if (!bom) return;
    const json = path.endsWith('.json');
    yield {
      place: spanPlace(path, 1, 1, 0),
      args: { format: json ? 'JSON, which has none' : 'text' },
      ...(json ? { severity: 'warning' as const } : {}),
    };
  },
});
