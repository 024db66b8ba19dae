import { decode, type TextFile } from '../../text/index.ts';
import { eachOf } from './arrange-rows.ts';
import type { Sides } from './row.ts';

/** BOM and line ends are merged like a value each: else the side that changed them has changed every line. */
export function sameEnds(files: Sides<TextFile>): { files: Sides<TextFile>; bom: boolean } {
  const bom = chosen(eachOf(files, (file) => file.bom));
  const eol = chosen(eachOf(files, (file) => file.eol));
  const mixed = files.some((file) => file.eol === 'mixed');
  return {
    bom,
    files: eachOf(files, (file) => {
      const text = mixed || file.eol === eol ? file.text : file.text.replace(/\r?\n/g, eol);
      return text === file.text && !file.bom ? file : decode(file.path, new TextEncoder().encode(text));
    }),
  };

  function chosen<T>([base, ours, theirs]: Sides<T>): T {
    // A base without a text has neither.
    return files[0].text !== '' && ours === base ? theirs : ours;
  }
}
