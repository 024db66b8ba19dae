import { spawn } from 'node:child_process';

/** What opens an address on each system; started without a shell, which would read more into the address. */
const PROGRAMS: Partial<Record<NodeJS.Platform, string>> = { darwin: 'open', win32: 'explorer.exe' };

/** Opens an address or a file in the browser. Returns why it could not; undefined when it did. */
export async function openInBrowser(
  address: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<string | undefined> {
  const program = PROGRAMS[process.platform] ?? 'xdg-open';
  if (program === 'xdg-open' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return 'no display here';
  const child = spawn(program, [address], { stdio: 'ignore', detached: true });
  return new Promise((resolve) => {
    child.on('error', ({ message }) => resolve(message));
    child.on('spawn', () => {
      child.unref();
      resolve(undefined);
    });
  });
}
