/**
 * Run Cog Model Locally, and Add Cog Model: the playground's own dialog, and the same without it for scripts.
 */
import * as vscode from 'vscode';
import type { Playground } from '../../app/playground';
import type { Disposable } from '../../app/ports';
import { RpcError } from '../../protocol/rpc';
import { byPerson, register, type CommandLog } from '../command';
import { COMMANDS } from '../ids';
import type { PlaygroundPanel } from '../panel';
import { choiceField, fieldsOf, flagField, textField, uriField } from '../arguments';
import { chooseProject } from './find-projects';

/** What the commands borrow. */
export interface RunLocallyPorts extends CommandLog {
  readonly playground: Pick<Playground, 'cog' | 'startCog' | 'showAddCog' | 'addColumn'>;
  readonly panel: Pick<PlaygroundPanel, 'show'>;
}

/** What both commands answer with. */
export interface CogServerResult {
  /** Id for `openPlayground`. */
  readonly model: string;
  readonly name: string;
  readonly state: string;
}

/** Registers both. */
export function registerRunLocally(ports: RunLocallyPorts): Disposable {
  const commands = [
    register(COMMANDS.runCogModel, ports, (args) => runLocally(args, ports)),
    register(COMMANDS.addCogModel, ports, (args) => addModel(args, ports)),
  ];
  return {
    dispose() {
      for (const command of commands) command.dispose();
    },
  };
}

/**
 * Starts the project of `folder`, with Docker where that is there unless `how` says otherwise. A person chooses in the
 * playground's dialog. Rejects with `no-cog-project`, `not-allowed` or `bad-argument`.
 */
async function runLocally(args: unknown, { playground, panel }: RunLocallyPorts): Promise<CogServerResult | undefined> {
  const fields = fieldsOf(args, 'folder');
  const given = uriField(fields, 'folder');
  const how = choiceField(fields, 'how', ['docker', 'python']);
  const root = await chooseProject(given, {
    title: vscode.l10n.t('Run Cog Model Locally'),
    fits: ({ scheme }) => scheme === 'file',
  });
  if (root === undefined) throw new RpcError('cancelled', vscode.l10n.t('Nothing was started.'));
  panel.show();
  if (how === undefined && byPerson(args)) {
    playground.showAddCog(root.fsPath);
    return undefined;
  }
  const { docker } = how === undefined ? await playground.cog.tools() : { docker: undefined };
  return resultOf(await playground.startCog(how ?? (docker?.usable === true ? 'docker' : 'python'), root.fsPath));
}

/**
 * Adds the server of `url` and a column for it; a person types the address in the dialog. Rejects with the codes of
 * `HostApi.addCogServer`, `needs-confirmation` among them unless `confirmed` is true.
 */
async function addModel(args: unknown, { playground, panel }: RunLocallyPorts): Promise<CogServerResult | undefined> {
  const fields = fieldsOf(args, 'url');
  const url = textField(fields, 'url');
  const confirmed = flagField(fields, 'confirmed') ?? false;
  panel.show();
  if (url === undefined) {
    playground.showAddCog();
    return undefined;
  }
  const server = await playground.cog.add(url, confirmed);
  await playground.addColumn(server.modelId);
  return resultOf(server);
}

function resultOf({ modelId, name, state }: Awaited<ReturnType<Playground['startCog']>>): CogServerResult {
  return { model: modelId, name, state };
}
