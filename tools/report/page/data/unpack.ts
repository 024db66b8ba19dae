/** The blocks of the document: compressed JSON that is read when somebody looks at it. */
export async function unpack<Value>(name: string, from: Document = document): Promise<Value> {
  const element = from.getElementById(name);
  if (!element) throw new Error(`the report has no block "${name}"`);
  const bytes = Uint8Array.from(atob(element.textContent ?? ''), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return (await new Response(stream).json()) as Value;
}
