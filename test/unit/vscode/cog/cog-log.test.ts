import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createEmitter } from '../../../../src/app/emitter';
import { createCogLogs } from '../../../../src/vscode/cog/cog-log';

const channels = vi.hoisted(() => new Map<string, { text: string; shown: number; isOpen: boolean }>());

vi.mock('vscode', () => ({
  window: {
    createOutputChannel(name: string) {
      const channel = { text: '', shown: 0, isOpen: true };
      channels.set(name, channel);
      return {
        replace: (text: string) => void (channel.text = text),
        appendLine: (line: string) => void (channel.text += `${line}\n`),
        show: () => void (channel.shown += 1),
        dispose: () => void (channel.isOpen = false),
      };
    },
  },
}));

beforeEach(() => channels.clear());

describe('the log of a Cog server', () => {
  it('goes on in a channel of its own, whole and once, however often it is shown', () => {
    const logs = createCogLogs();
    const lines = createEmitter<string>();
    const other = createEmitter<string>();
    logs.show({ id: 'a', name: 'mine', text: 'one\n', onLine: lines.event });
    logs.show({ id: 'b', name: 'other', text: '', onLine: other.event });
    lines.fire('two');
    other.fire('else');
    expect(channels.get('Cog: mine')).toEqual({ text: 'one\ntwo\n', shown: 1, isOpen: true });
    logs.show({ id: 'a', name: 'mine', text: 'one\ntwo\n', onLine: lines.event });
    lines.fire('three');
    expect(channels.get('Cog: mine')).toEqual({ text: 'one\ntwo\nthree\n', shown: 2, isOpen: true });
    expect(channels.get('Cog: other')?.text).toBe('else\n');
    logs.dispose();
    lines.fire('four');
    expect(channels.get('Cog: mine')).toMatchObject({ text: 'one\ntwo\nthree\n', isOpen: false });
  });
});
