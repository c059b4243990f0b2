/**
 * What is offered after a scaffold: files to open, and commands in a terminal, which run only when asked for.
 */
import * as vscode from 'vscode';
import type { PlannedCommand } from '../../core/scaffold/plan';
import { oldNodeProblem } from '../../core/scaffold/worker/node-version';

/** A button of the message. */
export interface Offer {
  readonly label: string;
  /** One of several steps: after another was chosen, it is offered again. */
  readonly isStep?: true;
  run(): unknown;
}

/** What commands in a terminal borrow. */
export interface ToolPorts {
  /** What `node --version` prints; undefined where no Node.js is found. */
  readonly nodeVersion: () => Promise<string | undefined>;
}

/** What could be run next. */
export interface NextSteps {
  readonly commands: readonly PlannedCommand[];
  /** The folder that those of the commands are relative to. */
  readonly root: vscode.Uri;
  readonly ports: ToolPorts;
}

/**
 * Says what was done, with these offers and the commands that can be run next as buttons; why none can be, where that is
 * so. Nobody waits for the answer.
 */
export function tellDone(message: string, offers: readonly Offer[], next?: NextSteps): void {
  const why = next && whyNotOffered(next);
  tell(why === undefined ? message : `${message} ${why}`, [...offers, ...(next ? commandOffers(next) : [])]);
}

function tell(message: string, offers: readonly Offer[]): void {
  void vscode.window.showInformationMessage(message, ...offers.map(({ label }) => label)).then((chosen) => {
    const offer = offers.find(({ label }) => label === chosen);
    if (offer === undefined) return;
    offer.run();
    // A click closes the message, though what was chosen is often but the first step.
    const others = offers.filter((one) => one !== offer);
    if (others.some(({ isStep }) => isStep)) tell(message, others);
  });
}

/** Opens a file. */
export function openOffer(label: string, uri: vscode.Uri): Offer {
  return { label, run: () => vscode.commands.executeCommand('vscode.open', uri) };
}

/** Opens a new project: its README where its folder is open already, else a window for it. */
export function openProjectOffer(root: vscode.Uri): Offer {
  if (vscode.workspace.getWorkspaceFolder(root) !== undefined) {
    return openOffer(vscode.l10n.t('Open README'), vscode.Uri.joinPath(root, 'README.md'));
  }
  const open = () => vscode.commands.executeCommand('vscode.openFolder', root, { forceNewWindow: true });
  return { label: vscode.l10n.t('Open Project'), run: open };
}

/** Why the first command, which people would look for, is not among the buttons; undefined when it is. */
function whyNotOffered({ commands: [first], root }: NextSteps): string | undefined {
  if (first === undefined) return undefined;
  if (!vscode.workspace.isTrusted) {
    return vscode.l10n.t('Nothing is run in Restricted Mode; the next step would be: {0}', first.line);
  }
  if (hasShell(root)) return undefined;
  return vscode.l10n.t('No terminal reaches these files from here; the next step is: {0}', first.line);
}

function hasShell({ scheme }: vscode.Uri): boolean {
  return scheme === 'file' || scheme === 'vscode-remote';
}

/**
 * Commands as buttons; none in a restricted workspace, and none where no shell can reach the files. They are typed into
 * one terminal, so that each waits for the one before. Who has a Node.js that wrangler refuses is told with the first.
 */
export function commandOffers({ commands, root, ports: { nodeVersion } }: NextSteps): readonly Offer[] {
  if (!vscode.workspace.isTrusted || !hasShell(root)) return [];
  const terminals = new Map<string, vscode.Terminal>();
  let isChecked = false;
  const terminalIn = (folder: string): vscode.Terminal => {
    const open = terminals.get(folder);
    if (open !== undefined && open.exitStatus === undefined) return open;
    const cwd = vscode.Uri.joinPath(root, folder);
    const terminal = vscode.window.createTerminal({ name: cwd.path.slice(cwd.path.lastIndexOf('/') + 1), cwd });
    terminals.set(folder, terminal);
    return terminal;
  };
  return commands.map(({ id, line, folder }) => ({
    label: labelOf(id),
    isStep: true,
    run() {
      const terminal = terminalIn(folder);
      terminal.show(true);
      terminal.sendText(line);
      // A server reads what is typed after it.
      if (id === 'dev' || id === 'dev-offline') terminals.delete(folder);
      if (!isChecked) void tellOldNode(nodeVersion);
      isChecked = true;
    },
  }));
}

async function tellOldNode(nodeVersion: ToolPorts['nodeVersion']): Promise<void> {
  const problem = oldNodeProblem((await nodeVersion()) ?? '');
  if (problem !== undefined) void vscode.window.showWarningMessage(problem);
}

function labelOf(id: PlannedCommand['id']): string {
  const labels: Readonly<Record<PlannedCommand['id'], string>> = {
    install: vscode.l10n.t('Install'),
    types: vscode.l10n.t('Generate Types'),
    check: vscode.l10n.t('Check Types'),
    test: vscode.l10n.t('Run Tests'),
    dev: vscode.l10n.t('Start'),
    'dev-offline': vscode.l10n.t('Start Offline'),
    deploy: vscode.l10n.t('Deploy'),
    build: vscode.l10n.t('Build'),
    size: vscode.l10n.t('Check Size'),
    login: vscode.l10n.t('Log In'),
    push: vscode.l10n.t('Push'),
  };
  return labels[id];
}
