/** The blocks of the document: compressed JSON that is read when somebody looks at it. */
export async function unpack<Value>(name: string, from: Document = document): Promise<Value> {
  const element = from.getElementById(name);
  if (!element) throw new Error(`the report has no block "${name}"`);
  const bytes = Uint8Array.from(atob(element.textContent ?? ''), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return (await new Response(stream).json()) as Value;
}

/** How often newer blocks have taken the place of those of the document: what was read before is old then. */
let edition = 0;
const caches: Map<string, Promise<unknown>>[] = [];

/** Keeps what was read, by the name of the block, as long as that block stands in the document. */
export function blockCache(): Map<string, Promise<unknown>> {
  const cache = new Map<string, Promise<unknown>>();
  caches.push(cache);
  return cache;
}

export const blockEdition = (): number => edition;

export function blocksReplaced(): void {
  edition += 1;
  for (const cache of caches) cache.clear();
}
