import { spawn } from 'node:child_process';

/** Milliseconds after which a launcher that is still there has done its work: some stay as long as the browser. */
const PATIENCE = 3_000;

function launcher(url: string): [command: string, args: string[]] {
  if (process.platform === 'darwin') return ['open', [url]];
  // Not `cmd /c start`: its parser gives meaning to characters that an address may hold.
  if (process.platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', url]];
  return ['xdg-open', [url]];
}

/** Opens an address in the user's browser. Rejects when there is no way to. */
export function openInBrowser(url: string): Promise<void> {
  const [command, args] = launcher(url);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'ignore', detached: true });
    const timer = setTimeout(resolve, PATIENCE).unref();
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('exit', (code) => {
      clearTimeout(timer);
      if (code === 0) resolve();
      else reject(new Error(`${command} ended with code ${code}.`));
    });
    child.unref();
  });
}
