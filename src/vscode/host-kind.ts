/**
 * Where the extension host, and with it every clock and socket of ours, runs: `local`, or the kind of remote
 * (`ssh-remote`, `wsl`, `dev-container`, `codespaces` …). A server that names itself by its address is `server`.
 */
export function hostKind(remoteName: string | undefined): string {
  if (remoteName === undefined) return 'local';
  return /^[a-z][a-z0-9-]*$/.test(remoteName) ? remoteName : 'server';
}
