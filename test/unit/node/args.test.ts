import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultDataFolder, readOptions, UsageError } from '../../../src/node/args';

describe('the command line', () => {
  it('may say nothing', () => {
    const { ports, ...rest } = readOptions([], { XDG_DATA_HOME: '/data' });
    expect(rest).toEqual({ open: true, data: defaultDataFolder({ XDG_DATA_HOME: '/data' }) });
    expect(ports.slice(0, 3)).toEqual([4173, 4174, 4175]);
    expect(ports.at(-1)).toBe(0);
  });

  it('may say everything', () => {
    expect(readOptions(['--port', '0', '--no-open', '--data', 'here'], {})).toEqual({
      ports: [0],
      open: false,
      data: path.resolve('here'),
    });
    expect(readOptions(['--port=65535', '--data=/x'], {})).toMatchObject({ ports: [65_535], data: path.resolve('/x') });
  });

  it.each([
    [['--port', '65536'], '65536'],
    [['--port', '-1'], '--port'],
    [['--port', 'http'], 'http'],
    [['--port', '1e3'], '1e3'],
    [['--port'], '--port'],
    [['--data', ''], '--data'],
    [['--open'], '--open'],
    [['extra'], 'extra'],
  ])('is refused when it says %j', (args, words) => {
    expect(() => readOptions(args, {})).toThrow(UsageError);
    expect(() => readOptions(args, {})).toThrow(words);
  });
});

describe('the data folder', () => {
  it.each([
    ['linux', {}, '/home/me/.local/share/unified-inference'],
    ['linux', { XDG_DATA_HOME: '/xdg' }, '/xdg/unified-inference'],
    ['linux', { XDG_DATA_HOME: 'relative' }, '/home/me/.local/share/unified-inference'],
    ['darwin', { XDG_DATA_HOME: '/xdg' }, '/home/me/Library/Application Support/unified-inference'],
    ['win32', { LOCALAPPDATA: '/local' }, '/local/unified-inference'],
    ['win32', {}, '/home/me/AppData/Local/unified-inference'],
  ] as const)('on %s with %j', (platform, environment, expected) => {
    expect(defaultDataFolder(environment, platform, '/home/me')).toBe(expected);
  });
});
