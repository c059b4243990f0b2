/**
 * The user's Cog servers as the view holds them, and what it asks of the host for them.
 */
import type { CogServer, CogTools } from '../../src/core/cog/server';
import type { CogServerChange, HostApi } from '../../src/protocol/api';
import { RpcError } from '../../src/protocol/rpc';
import { strings } from '../strings';
import { cogStrings } from '../strings-cog';

/** What the dialog was opened for. */
export interface AddingCog {
  /** A project to start. */
  readonly folder?: string;
}

/** It can be asked: that its slots fill and empty with each run changes nothing about the model, and is no news. */
function answers({ state }: CogServer): boolean {
  return state === 'ready' || state === 'busy';
}

/** Servers, and the dialog about them. Calls reject with an `RpcError`. */
export class CogView {
  servers = $state.raw<readonly CogServer[]>([]);
  /** The dialog is open. */
  adding = $state.raw<AddingCog | undefined>();
  /** What can start a server here; undefined: not known yet. */
  tools = $state.raw<CogTools | undefined>();

  readonly #host: () => HostApi | undefined;
  readonly #say: (words: string) => void;

  constructor(host: () => HostApi | undefined, say: (words: string) => void) {
    this.#host = host;
    this.#say = say;
  }

  get #there(): HostApi {
    const host = this.#host();
    if (host === undefined) throw new RpcError('closed', strings.offline);
    return host;
  }

  /** The server of a model; undefined: it is none of the user's own, or was removed. */
  of(modelId: string): CogServer | undefined {
    return this.servers.find((server) => server.modelId === modelId);
  }

  /** All of them, as the host has them now. Says what changed, and answers with the models that may be others now. */
  take(servers: readonly CogServer[]): readonly string[] {
    const changed: string[] = [];
    for (const server of servers) {
      const before = this.servers.find(({ id }) => id === server.id);
      if (before !== undefined && before.state !== server.state && !(answers(before) && answers(server))) {
        changed.push(server.modelId);
        this.#say(cogStrings.announce.state(server.name, cogStrings.states[server.state]));
      }
    }
    this.servers = servers;
    return changed;
  }

  async add(url: string, confirmed: boolean): Promise<CogServer> {
    return this.#there.addCogServer(url, confirmed);
  }

  async lookForTools(): Promise<void> {
    this.tools = undefined;
    this.tools = await this.#there.cogTools();
  }

  /** Null: the user cancelled. */
  async start(how: 'docker' | 'python', folder?: string): Promise<CogServer | null> {
    return this.#there.startCogServer(how, folder);
  }

  async stop(id: string): Promise<void> {
    await this.#there.stopCogServer(id);
  }

  async remove(id: string): Promise<void> {
    await this.#there.removeCogServer(id);
  }

  async update(id: string, change: CogServerChange): Promise<void> {
    await this.#there.updateCogServer(id, change);
  }

  /** The log, where there is no other place to show it. */
  async showLog(id: string): Promise<string | null> {
    return this.#there.showCogLog(id);
  }
}
