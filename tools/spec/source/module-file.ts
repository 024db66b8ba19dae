import { type Snapshot, UnreadableFile } from '../../snapshot/index.ts';
import { isModuleName, MODULE_SCHEMA } from './names.ts';

const SCHEMA_LINE = new RegExp(String.raw`^schema:\s*["']?${MODULE_SCHEMA.replaceAll('.', '\\.')}`, 'm');
/** A front matter is longer than this in no module. */
const HEAD = 4096;

/** Is the file a module of a spec, by its name or by the schema in its front matter? */
export async function isModule(snapshot: Snapshot, path: string): Promise<boolean> {
  if (!/\.md$/i.test(path)) return false;
  if (isModuleName(path)) return true;
  try {
    const head = new TextDecoder().decode((await snapshot.read(path)).subarray(0, HEAD));
    return head.startsWith('---') && SCHEMA_LINE.test(head.split(/^---[ \t]*\r?$/m)[1] ?? '');
  } catch (error) {
    // What cannot be read and is not named like a module is nobody's module.
    if (error instanceof UnreadableFile) return false;
    throw error;
  }
}
