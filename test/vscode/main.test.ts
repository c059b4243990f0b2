import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXTENSION_ID, openWindow, type TestWindow } from './window';

let window: TestWindow;
beforeAll(async () => {
  window = await openWindow();
});
afterAll(async () => {
  await window?.close();
});

describe('a trusted window', () => {
  it('loads the extension and does not activate it', async () => {
    const state = await window.host().call((vscode, id) => {
      const extension = vscode.extensions.getExtension(id);
      return { active: extension?.isActive, kind: extension?.extensionKind };
    }, EXTENSION_ID);
    expect(state).toEqual({ active: false, kind: 2 });
  });
});
