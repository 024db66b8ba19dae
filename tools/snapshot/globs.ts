import picomatch from 'picomatch';

/** What a list of globs asks for; one that begins with `!` takes away. */
export interface Wanted {
  matches(path: string): boolean;
  /** May something below this folder match? */
  enters(folder: string): boolean;
}

export function readGlobs(globs: readonly string[]): Wanted {
  const wanted = globs.filter((glob) => !glob.startsWith('!'));
  const refused = globs.filter((glob) => glob.startsWith('!')).map((glob) => glob.slice(1));
  const isWanted = picomatch(wanted, { dot: true });
  const isRefused = picomatch(refused, { dot: true });
  const starts = wanted.map(startOf);
  return {
    // A tree has thousands of paths, and most stand where no glob leads.
    matches: (path) => starts.some((start) => holds(start, path)) && isWanted(path) && !isRefused(path),
    enters: (folder) => starts.some((start) => reaches(start, folder)),
  };
}

/** Where the matches of a glob begin, and how many levels below that they can stand. */
interface Start {
  base: string;
  depth: number;
}

function startOf(glob: string): Start {
  const { base, glob: pattern } = picomatch.scan(glob, { unescape: true });
  // Without a pattern the base is the path itself, which stands in its own folder.
  if (pattern === '') return { base: base.split('/').slice(0, -1).join('/'), depth: 1 };
  return { base, depth: pattern.includes('**') ? Number.POSITIVE_INFINITY : pattern.split('/').length };
}

function holds({ base, depth }: Start, path: string): boolean {
  if (base !== '' && (path[base.length] !== '/' || !path.startsWith(base))) return false;
  if (depth === Number.POSITIVE_INFINITY) return true;
  // As many slashes below the base as there are levels, and no more.
  let at = base === '' ? -1 : base.length;
  for (let level = 0; level < depth; level++) {
    at = path.indexOf('/', at + 1);
    if (at < 0) return true;
  }
  return false;
}

function reaches({ base, depth }: Start, folder: string): boolean {
  if (base === folder || base.startsWith(`${folder}/`)) return true;
  const below =
    base === '' ? folder : folder.startsWith(`${base}/`) ? folder.slice(base.length + 1) : undefined;
  return below !== undefined && below.split('/').length < depth;
}
