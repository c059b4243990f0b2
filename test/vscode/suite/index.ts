/**
 * The module that VS Code runs inside its extension host (`extensionTestsPath`). It is an agent: it lets the tests, which
 * run outside and drive the same window with Playwright, also call VS Code's own API. See `../bridge.ts`.
 */
import * as vscode from 'vscode';
import type { Answer, Call, Hello } from '../bridge';

/** Runs one function that the tests sent as text, with `vscode`, `require` and a JSON argument. */
async function perform(call: Call): Promise<Answer> {
  try {
    const compiled = new Function(
      'vscode',
      'require',
      'argument',
      `return (${call.source})(vscode, argument, require);`,
    );
    const value: unknown = await compiled(vscode, require, call.argument);
    return { id: call.id, value: value ?? null };
  } catch (thrown) {
    const { name, message, code, stack } = thrown as Error & { code?: unknown };
    return { id: call.id, error: { name, message, code: typeof code === 'string' ? code : null, stack: stack ?? '' } };
  }
}

/** Serves the bridge until it hangs up; then the test run, and with it this extension host, is over. */
export async function run(): Promise<void> {
  const address = process.env['UNIFIED_INFERENCE_TEST_BRIDGE'];
  if (address === undefined) throw new Error('Start this suite with test/vscode/run.mjs: there is no bridge.');
  const socket = new WebSocket(address);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => {
      const hello: Hello = { folder: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '' };
      socket.send(JSON.stringify(hello));
    });
    socket.addEventListener('message', ({ data }) => {
      void perform(JSON.parse(String(data)) as Call).then((answer) => socket.send(JSON.stringify(answer)));
    });
    socket.addEventListener('close', () => resolve());
    socket.addEventListener('error', () => reject(new Error(`The bridge at ${address} is gone.`)));
  });
}
