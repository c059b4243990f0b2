import * as vscode from 'vscode';
import type { Playground } from '../app/playground';
import type { Disposable } from '../app/ports';
import { formatUsd } from '../core/run/format';
import type { SessionCost } from '../protocol/api';
import { COMMANDS } from './ids';

/** Known costs, and how many runs are not among them; empty before the first run. */
function costText({ usd, unknownRuns }: SessionCost): string {
  const known = usd === undefined ? [] : [formatUsd(usd)];
  const unknown = unknownRuns === 0 ? [] : [vscode.l10n.t('+ {0} unknown', unknownRuns)];
  return [...known, ...unknown].join(' ');
}

/** The tooltip splits the sum by wallet; the wallets are paid from different balances. */
function tooltip(connection: string, cost: SessionCost): string {
  const { neurons, credits } = cost.byWallet;
  const lines = [connection];
  if (cost.usd !== undefined) {
    lines.push(
      cost.simulated
        ? vscode.l10n.t('Simulated cost since VS Code started: {0}. Nothing is billed.', formatUsd(cost.usd))
        : vscode.l10n.t('Known cost since VS Code started: {0}', formatUsd(cost.usd)),
      vscode.l10n.t('Hosted models (neurons): {0}', formatUsd(neurons)),
      vscode.l10n.t('Third-party models (credits): {0}', formatUsd(credits)),
    );
  }
  if (cost.unknownRuns > 0) lines.push(vscode.l10n.t('Runs whose cost is unknown: {0}', cost.unknownRuns));
  lines.push(vscode.l10n.t('Click to open the playground.'));
  return lines.join('\n');
}

/** Shows connection and session cost; a click opens the playground. */
export function createStatusBar(playground: Playground): Disposable {
  const item = vscode.window.createStatusBarItem('unifiedInference.status', vscode.StatusBarAlignment.Right, 50);
  item.name = vscode.l10n.t('Unified Inference');
  item.command = COMMANDS.openPlayground;

  function draw(): void {
    const { info } = playground.connection;
    const [icon, short, long] =
      info.kind === 'none'
        ? ['$(warning)', vscode.l10n.t('Not connected'), info.problem ?? vscode.l10n.t('There is no connection.')]
        : info.kind === 'simulator'
          ? ['$(beaker)', vscode.l10n.t('Simulator'), vscode.l10n.t('Connected to the simulator: no model runs.')]
          : [
              '$(cloud)',
              'Cloudflare',
              vscode.l10n.t('Connected to account {0} at {1}.', info.accountName ?? info.accountId ?? '', info.origin),
            ];
    const cost = playground.sessionCost;
    item.text = [icon, short, costText(cost)].filter(Boolean).join(' ');
    item.tooltip = tooltip(long, cost);
    item.accessibilityInformation = { label: [short, costText(cost)].filter(Boolean).join(', ') };
    item.backgroundColor = info.kind === 'none' ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
  }

  const subscriptions = [playground.connection.onDidChange(draw), playground.onDidChangeSessionCost(draw)];
  draw();
  item.show();
  return {
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
      item.dispose();
    },
  };
}
