import { gzipSync, strToU8 } from 'fflate';

/**
 * JSON, compressed and in base64: nothing of a document's text stands in the HTML as it is, so none of it can be
 * taken for markup. Compressed here and not by Node, whose versions write different bytes.
 */
export function packed(value: unknown): string {
  return Buffer.from(gzipSync(strToU8(JSON.stringify(value)), { mtime: 0, level: 6 })).toString('base64');
}
