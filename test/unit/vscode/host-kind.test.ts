import { expect, it } from 'vitest';
import { hostKind } from '../../../src/vscode/host-kind';

it.each([
  [undefined, 'local'],
  ['ssh-remote', 'ssh-remote'],
  ['wsl', 'wsl'],
  ['127.0.0.1:8000', 'server'],
  ['code.example.com', 'server'],
])('names the host behind %s %s', (remoteName, kind) => {
  expect(hostKind(remoteName)).toBe(kind);
});
