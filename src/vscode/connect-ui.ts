import * as vscode from 'vscode';
import type { ConnectMethod, ConnectUi } from './connect';

/** The questions of Connect, in VS Code's own quick picks and input boxes. */
export function createConnectUi(): ConnectUi {
  const title = vscode.l10n.t('Connect to Cloudflare');
  return {
    async pickMethod({ hasToken }) {
      const items: (vscode.QuickPickItem & { method: ConnectMethod })[] = [
        {
          method: 'token',
          label: `$(key) ${vscode.l10n.t('API token')}`,
          detail: vscode.l10n.t(
            'Paste a token with the permission Workers AI: Read. It is kept in the secret storage.',
          ),
        },
        {
          method: 'environment',
          label: `$(terminal) ${vscode.l10n.t('Environment variables')}`,
          detail: hasToken
            ? vscode.l10n.t('CLOUDFLARE_API_TOKEN is set where the extension runs. Nothing is stored.')
            : vscode.l10n.t('CLOUDFLARE_API_TOKEN is not set where the extension runs.'),
        },
        {
          method: 'simulator',
          label: `$(beaker) ${vscode.l10n.t('Simulator')}`,
          detail: vscode.l10n.t('Offline and free. No model runs; timing and answers are made up.'),
        },
      ];
      const picked = await vscode.window.showQuickPick(items, {
        title,
        placeHolder: vscode.l10n.t('How should the playground reach its models?'),
        ignoreFocusOut: true,
      });
      return picked?.method;
    },

    askToken: async (origin) =>
      vscode.window.showInputBox({
        title,
        prompt: vscode.l10n.t('API token. It will be sent to {0} and nowhere else.', origin),
        password: true,
        ignoreFocusOut: true,
        validateInput: (text) =>
          /^[\x21-\x7e]+$/.test(text.trim())
            ? undefined
            : vscode.l10n.t('A token is one word of letters, digits and signs, without spaces.'),
      }),

    async pickAccount(accounts) {
      const picked = await vscode.window.showQuickPick(
        accounts.map(({ id, name }) => ({ label: name, description: id, id })),
        { title, placeHolder: vscode.l10n.t('Which account pays for the calls?'), ignoreFocusOut: true },
      );
      return picked?.id;
    },

    async askAccountId() {
      const text = await vscode.window.showInputBox({
        title,
        prompt: vscode.l10n.t('Account id. This token works but may not list its accounts.'),
        ignoreFocusOut: true,
        validateInput: (value) =>
          /^[\w-]+$/.test(value.trim())
            ? undefined
            : vscode.l10n.t(
                'An account id is a word of letters and digits. The dashboard shows it beside the account.',
              ),
      });
      return text?.trim();
    },

    whileVerifying: async (task) =>
      vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          title: vscode.l10n.t('Checking the API token'),
          cancellable: true,
        },
        async (_progress, cancellation) => {
          const controller = new AbortController();
          const subscription = cancellation.onCancellationRequested(() => controller.abort());
          try {
            return await task(controller.signal);
          } finally {
            subscription.dispose();
          }
        },
      ),
  };
}
