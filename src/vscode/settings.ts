import * as vscode from 'vscode';
import { createEmitter } from '../app/emitter';
import type { Budget, Disposable, Settings, SettingsSource } from '../app/ports';
import type { GatewayMetadata } from '../core/inference/request';
import { SECTION } from './ids';

/** What people write into settings.json is not what the schema says; junk falls back to the default. */
function numberOf(value: unknown, fallback: number, least: number): number {
  return typeof value === 'number' && Number.isFinite(value) && value >= least ? value : fallback;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

/** Only flat values; the gateway takes no others (cloudflare-api.md 1.3). */
function metadataOf(value: unknown): GatewayMetadata {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const flat = Object.entries(value as Record<string, unknown>).filter(
    (entry): entry is [string, string | number | boolean] => ['string', 'number', 'boolean'].includes(typeof entry[1]),
  );
  return Object.fromEntries(flat);
}

/** A limit; `null`, the default, is none. What is not understood stops every Run: it was meant to be a limit. */
function budgetOf(perRun: unknown, perDay: unknown): Budget {
  const isLimit = (value: unknown): value is number =>
    typeof value === 'number' && Number.isFinite(value) && value >= 0;
  const bad = Object.entries({ perRunUsd: perRun, perDayUsd: perDay }).find(
    ([, value]) => value !== undefined && value !== null && !isLimit(value),
  );
  return {
    ...(isLimit(perRun) && { perRunUsd: perRun }),
    ...(isLimit(perDay) && { perDayUsd: perDay }),
    ...(bad && {
      problem: `The setting budget.${bad[0]} is not a number of 0 or more. Correct it, or remove it for no limit.`,
    }),
  };
}

/** The settings as they count now. In a restricted workspace VS Code itself leaves out the workspace's values. */
function read(): Settings {
  const section = vscode.workspace.getConfiguration(SECTION);
  return {
    connection: section.get('connection') === 'cloudflare' ? 'cloudflare' : 'simulator',
    apiBaseUrl: textOf(section.get('apiBaseUrl')),
    accountId: textOf(section.get('accountId')),
    gatewayId: textOf(section.get('gatewayId')) || 'default',
    metadata: metadataOf(section.get('metadata')),
    policy: {
      firstTokenTimeout: numberOf(section.get('firstTokenTimeoutSeconds'), 120, 1),
      idleTimeout: numberOf(section.get('idleTimeoutSeconds'), 60, 1),
      maxAttempts: Math.floor(numberOf(section.get('maxAttempts'), 3, 1)),
    },
    budget: budgetOf(section.get('budget.perRunUsd'), section.get('budget.perDayUsd')),
  };
}

/** Live settings of the window. */
export function createSettings(): SettingsSource & Disposable {
  const changed = createEmitter<void>();
  const subscription = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(SECTION)) changed.fire();
  });
  return { get: read, onDidChange: changed.event, dispose: () => void subscription.dispose() };
}

/**
 * Writes what Connect decided into the user's settings, never into a workspace.
 * `connection: undefined` goes back to the default, the simulator.
 */
export async function saveConnection(connection: 'cloudflare' | undefined, accountId?: string): Promise<void> {
  const section = vscode.workspace.getConfiguration(SECTION);
  // The account first: from the moment `connection` changes, calls go there.
  if (accountId !== undefined) await section.update('accountId', accountId, vscode.ConfigurationTarget.Global);
  await section.update('connection', connection, vscode.ConfigurationTarget.Global);
}
