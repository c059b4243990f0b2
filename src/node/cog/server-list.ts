/**
 * The user's Cog servers in a JSON file.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CogServerStore, Log } from '../../app/ports';
import type { StoredCogServer } from '../../core/cog/server';

/** Opens the list in a file, which is made when something is first saved. */
export function openServerList(file: string, log: Log): CogServerStore {
  return {
    load() {
      let text: string;
      try {
        text = readFileSync(file, 'utf8');
      } catch {
        return [];
      }
      try {
        const stored = JSON.parse(text) as unknown;
        return Array.isArray(stored) ? stored.filter(isServer) : [];
      } catch {
        log.warn(`The list of Cog servers ${file} was not understood, and starts anew.`);
        return [];
      }
    },
    save(servers) {
      mkdirSync(path.dirname(file), { recursive: true });
      // Whoever is interrupted leaves the list as it was.
      writeFileSync(`${file}.new`, JSON.stringify(servers, null, 2), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
  };
}

const origins: readonly unknown[] = ['url', 'docker', 'python'] satisfies StoredCogServer['origin'][];

function isServer(value: unknown): value is StoredCogServer {
  if (typeof value !== 'object' || value === null) return false;
  const { id, name, origin, url, folder, task, pricePerHourUsd } = value as Record<string, unknown>;
  const isText = (one: unknown): boolean => typeof one === 'string' && one !== '';
  return (
    [id, name].every(isText) &&
    typeof url === 'string' &&
    URL.canParse(url) &&
    origins.includes(origin) &&
    (origin === 'url' || isText(folder)) &&
    (task === undefined || isText(task)) &&
    (pricePerHourUsd === undefined || (typeof pricePerHourUsd === 'number' && pricePerHourUsd >= 0))
  );
}
