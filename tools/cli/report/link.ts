import { UsageError } from '../../findings/index.ts';
import { visible } from '../output.ts';

/** Schemes of editors that open a file at a line, beside the web. */
const EDITORS = [
  'vscode',
  'vscode-insiders',
  'vscodium',
  'cursor',
  'windsurf',
  'zed',
  'idea',
  'jetbrains',
  'txmt',
  'subl',
  'mvim',
  'emacs',
];

/** The host ends before anything is put in: a file name must not choose where a link leads. */
const WEB = /^https?:\/\/[^/\\?#{}@\s]+\/[^\s]*$/i;
const EDITOR = new RegExp(`^(?:${EDITORS.join('|')})://[^\\s]+$`, 'i');

/**
 * Where a line can be opened outside the page, as `--link` gives it. Whatever a browser would run is refused: the
 * page makes a link of it for every place that it names.
 */
export function linkTemplate(text: string): string {
  const said = `--link ${visible(text)}`;
  if (!WEB.test(text) && !EDITOR.test(text))
    throw new UsageError(
      `${said}: expected an address such as https://example.org/blob/main/{file}#L{line} or vscode://file/home/me/project/{file}:{line} (${['http', 'https', ...EDITORS].join(', ')})`,
    );
  if (!text.includes('{file}'))
    throw new UsageError(`${said}: expected {file} in it, and {line} where it knows lines`);
  const other = /\{(?!file\}|line\})[^}]*\}?/.exec(text)?.[0];
  if (other !== undefined)
    throw new UsageError(`${said}: Unexpected ${visible(other)}, expected {file} or {line}`);
  return text;
}
