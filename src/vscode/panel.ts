import * as vscode from 'vscode';
import { pageHtml } from '../app/page';
import type { Playground } from '../app/playground';
import type { Disposable } from '../app/ports';
import { toRpcError, type Channel } from '../protocol/rpc';
import type { CogLogs } from './cog/cog-log';
import { createFiles } from './files';
import { COMMANDS, INTERNAL_COMMANDS, PANEL_TYPE, SECTION } from './ids';

/** What the panel borrows. */
export interface PanelPorts {
  /** Root of the installed extension. */
  readonly extensionUri: vscode.Uri;
  /** Where media of answers are kept. */
  readonly mediaUri: vscode.Uri;
  /** Where files are saved when no folder is open. */
  readonly homeUri: vscode.Uri;
  readonly playground: Pick<Playground, 'attach'>;
  readonly cogLogs: CogLogs;
  /** Fresh and unguessable, for the page's content security policy. */
  readonly nonce: () => string;
}

/** The one playground panel of the window. */
export interface PlaygroundPanel extends Disposable {
  /** Opens the panel or brings it to the front; `beside` puts it next to the active editor. */
  show(options?: { readonly beside?: boolean }): void;
}

function channelOf(webview: vscode.Webview): Channel {
  return {
    // A hidden webview drops messages and this resolves to false: whoever sends keeps what was not acknowledged, and
    // the view asks for everything with `ready` when it is back.
    post: (message) => void webview.postMessage(message),
    onMessage: (listener) => webview.onDidReceiveMessage(listener),
  };
}

/** Registers the serializer, so that a panel open at reload comes back. Makes no panel by itself. */
export function createPanel(ports: PanelPorts): PlaygroundPanel {
  const { extensionUri, mediaUri, playground } = ports;
  const bundle = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
  const files = createFiles(mediaUri, ports.homeUri);
  const options: vscode.WebviewOptions = { enableScripts: true, localResourceRoots: [bundle, mediaUri] };
  let current: { readonly panel: vscode.WebviewPanel; readonly view: Disposable; load(): void } | undefined;

  function adopt(panel: vscode.WebviewPanel): void {
    current?.panel.dispose();
    const { webview } = panel;
    const uri = (root: vscode.Uri, ...path: string[]) =>
      webview.asWebviewUri(vscode.Uri.joinPath(root, ...path)).toString();

    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icon.png');
    webview.options = options;
    const view = playground.attach(channelOf(webview), {
      mediaBase: `${uri(mediaUri)}/`,
      canConnect: true,
      howToConnect: vscode.l10n.t('Run "Unified Inference: Connect" to use your own Cloudflare account.'),
      async openLink(url) {
        const target = vscode.Uri.parse(url, true);
        if (target.scheme === 'https') await vscode.env.openExternal(target);
      },
      async connect() {
        await vscode.commands.executeCommand(COMMANDS.connect);
      },
      async changeBudget() {
        await vscode.commands.executeCommand('workbench.action.openSettings', `${SECTION}.budget`);
      },
      get surroundings() {
        return {
          dialogs: true,
          workspace: (vscode.workspace.workspaceFolders?.length ?? 0) > 0,
          workers: true,
          ...(vscode.workspace.isTrusted && { startCog: 'dialog' as const }),
        };
      },
      showCogLog: (log) => ports.cogLogs.show(log),
      async pickCogFolder() {
        const [folder] =
          (await vscode.window.showOpenDialog({
            canSelectFiles: false,
            canSelectFolders: true,
            openLabel: vscode.l10n.t('Start'),
            title: vscode.l10n.t('Folder of a Cog project'),
          })) ?? [];
        return folder?.fsPath;
      },
      async useInWorker(use) {
        try {
          await vscode.commands.executeCommand(INTERNAL_COMMANDS.useInWorker, use);
        } catch (error) {
          throw toRpcError(error);
        }
      },
      ...files,
    });
    // Setting it again loads the page anew.
    const load = (): void => {
      webview.html = pageHtml({
        nonce: ports.nonce(),
        cspSource: webview.cspSource,
        scriptUri: uri(bundle, 'main.js'),
        styleUris: [uri(bundle, 'codicon.css'), uri(bundle, 'main.css')],
        host: 'vscode',
      });
    };
    current = { panel, view, load };
    panel.onDidDispose(() => {
      view.dispose();
      if (current?.panel === panel) current = undefined;
    });
    load();
  }

  // What can be done here has changed, and a view is told that when it loads.
  const trusting = vscode.workspace.onDidGrantWorkspaceTrust(() => current?.load());
  const serializer = vscode.window.registerWebviewPanelSerializer(PANEL_TYPE, {
    async deserializeWebviewPanel(panel) {
      adopt(panel);
    },
  });

  return {
    show({ beside = false } = {}) {
      const column = beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
      if (current === undefined) {
        adopt(vscode.window.createWebviewPanel(PANEL_TYPE, vscode.l10n.t('Playground'), column, options));
      } else {
        current.panel.reveal(beside ? column : undefined);
      }
    },
    dispose() {
      serializer.dispose();
      trusting.dispose();
      // The panel itself stays: on reload the workbench must still find it, to bring it back.
      current?.view.dispose();
    },
  };
}
