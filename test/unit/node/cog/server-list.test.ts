import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StoredCogServer } from '../../../../src/core/cog/server';
import { openServerList } from '../../../../src/node/cog/server-list';
import { fakePorts } from '../../../fakes/ports';

const server: StoredCogServer = { id: 'a', name: 'Mödel', origin: 'url', url: 'http://127.0.0.1:5000' };
const started: StoredCogServer = {
  id: 'b',
  name: 'mine',
  origin: 'python',
  url: 'http://127.0.0.1:41000',
  folder: '/work/mine',
  task: 'embeddings',
  pricePerHourUsd: 0.5,
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'server-list-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open() {
  const { log, logged } = fakePorts();
  const file = path.join(folder, 'not', 'there yet', 'cog-servers.json');
  return { list: openServerList(file, log), logged, file };
}

describe('the list of Cog servers', () => {
  it('is empty at first, and is the same after a restart, in its order', () => {
    const { list, logged } = open();
    expect(list.load()).toEqual([]);
    list.save([server, started]);
    list.save([started, server]);
    expect(open().list.load()).toEqual([started, server]);
    expect(logged).toEqual([]);
  });

  it('leaves nothing but itself in its folder', () => {
    const { list, file } = open();
    list.save([server]);
    expect(readdirSync(path.dirname(file))).toEqual(['cog-servers.json']);
  });

  it('leaves out what is not a server, and keeps the others', () => {
    const { list, file } = open();
    list.save([]);
    const broken = [
      { ...server, id: '' },
      { ...server, url: 'nonsense' },
      { ...server, origin: 'magic' },
      { ...server, pricePerHourUsd: -1 },
      { ...started, folder: undefined },
      null,
      'text',
    ];
    writeFileSync(file, JSON.stringify([server, ...broken, started]));
    expect(list.load()).toEqual([server, started]);
  });

  it.each(['{', '{"a":1}', ''])('starts anew when the file holds %j, and is written again', (text) => {
    const { list, file } = open();
    list.save([server]);
    writeFileSync(file, text);
    expect(list.load()).toEqual([]);
    list.save([started]);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual([started]);
  });
});
