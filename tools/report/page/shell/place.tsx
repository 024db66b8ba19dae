import { hashOf } from './route.ts';

/** The address of a line in the view of sources. */
export function sourceHash(file: string, line: number | null): string {
  const query = new URLSearchParams(line === null ? {} : { line: String(line) });
  return hashOf({ view: 'source', path: file.split('/'), query });
}

/** A place in the tree, which opens at its line. The name of the file stands out from its folder. */
export function Place({ file, line }: { file: string; line: number | null }) {
  const cut = file.lastIndexOf('/') + 1;
  return (
    <a class="place" href={sourceHash(file, line)}>
      <span class="folder">{file.slice(0, cut)}</span>
      {file.slice(cut)}
      {line === null ? '' : `:${line}`}
    </a>
  );
}
