/**
 * Sends files to the host, one after the other, and says what went wrong with each.
 */
import type { Attachment, MediaKind } from '../../src/core/media/media';
import type { HostApi, Surroundings } from '../../src/protocol/api';
import { RpcError, toRpcError } from '../../src/protocol/rpc';
import { attachmentStrings as text } from '../strings-attachments';
import type { AttachmentProblem, Taking, Transfer } from './attaching';
import { fileOfDataUri } from './data-uri';
import { fileProblem } from './file-problem';
import { upload } from './upload';

/** What the sender needs, and whom it tells. */
export interface SendAccess {
  host(): HostApi | undefined;
  surroundings(): Surroundings;
  /** How many more files can be attached. */
  room(): number;
  /** False: there was no room. */
  attach(attachment: Attachment): boolean;
  began(transfer: Transfer): void;
  progressed(id: string, progress: number): void;
  ended(id: string): void;
  failed(problem: AttachmentProblem): void;
}

/** Everything that brings files to the host. Nothing here rejects: failures are told as problems. */
export interface Sender {
  sendFiles(files: readonly File[], taking?: Taking): Promise<void>;
  /** Without attaching it. Undefined: it failed, which was told, or was cancelled. */
  sendFile(file: File): Promise<Attachment | undefined>;
  sendUrl(url: string): Promise<AttachmentProblem | undefined>;
  pick(from: 'disk' | 'workspace', kinds: readonly MediaKind[]): Promise<void>;
  /** Tells that there was no room for this one. */
  tooMany(name: string): void;
  /** Tells that this is a folder. */
  folder(name: string): void;
}

/** Codes of failures that the user asked for. */
const silent: ReadonlySet<string> = new Set(['cancelled']);

/** Makes the sender. */
export function createSender(access: SendAccess): Sender {
  /** Ends when all files given so far are sent: they arrive in the order in which they were given. */
  let queue = Promise.resolve();

  function fail(name: string, message: string): AttachmentProblem {
    const problem = { id: crypto.randomUUID(), name, message };
    access.failed(problem);
    return problem;
  }

  function refuse(name: string, error: unknown): AttachmentProblem | undefined {
    const { code, message } = toRpcError(error);
    if (silent.has(code)) return undefined;
    return fail(name, message.includes(name) ? message : text.refused(name, message));
  }

  /** Shows it as under way until it is done. The work may be asked to end early by the signal. */
  async function underWay<T>(name: string, work: (signal: AbortSignal, id: string) => Promise<T>): Promise<T> {
    const id = crypto.randomUUID();
    const controller = new AbortController();
    access.began({ id, name, cancel: () => controller.abort() });
    try {
      return await work(controller.signal, id);
    } finally {
      access.ended(id);
    }
  }

  async function sendFile(file: File): Promise<Attachment | undefined> {
    const host = access.host();
    if (!host) return void fail(file.name, text.noHost(file.name));
    try {
      return await underWay(file.name, (signal, id) =>
        upload(
          file,
          file.name,
          { host, uploadUrl: access.surroundings().uploadUrl },
          { signal, progress: (part) => access.progressed(id, part) },
        ),
      );
    } catch (error) {
      refuse(file.name, error);
      return undefined;
    }
  }

  async function sendAndAttach(file: File, taking: Taking | undefined): Promise<void> {
    const problem = fileProblem(file, taking, access.room());
    if (problem !== undefined) return void fail(file.name, problem);
    const sent = await sendFile(file);
    if (sent && !access.attach(sent)) fail(file.name, text.tooMany(file.name));
  }

  return {
    sendFile,
    async sendFiles(files, taking) {
      for (const file of files) queue = queue.then(() => sendAndAttach(file, taking));
      await queue;
    },
    async sendUrl(url) {
      const name = url.length > 80 ? `${url.slice(0, 80)}…` : url;
      const host = access.host();
      if (!host) return fail(name, text.noHost(name));
      if (access.room() <= 0) return fail(name, text.tooMany(name));
      try {
        if (/^\s*data:/i.test(url)) {
          const file = fileOfDataUri(url);
          if (!file) return fail(name, text.address.badData);
          const problem = fileProblem(file, undefined, access.room());
          if (problem !== undefined) return fail(name, problem);
          const target = { host, uploadUrl: access.surroundings().uploadUrl };
          const sent = await underWay(name, (signal) => upload(file, file.name, target, { signal, progress() {} }));
          return access.attach(sent) ? undefined : fail(name, text.tooMany(name));
        }
        const fetched = await underWay(name, (signal) => unlessAborted(host.attachUrl(url), signal));
        return access.attach(fetched) ? undefined : fail(name, text.tooMany(name));
      } catch (error) {
        return refuse(name, error);
      }
    },
    async pick(from, kinds) {
      const host = access.host();
      if (!host) return void fail(text.pickedNothing, text.noHost(text.pickedNothing));
      try {
        for (const picked of await host.pickFiles(from, kinds)) {
          if ('problem' in picked) refuse(picked.name, new RpcError('bad-media', picked.problem));
          else if (!access.attach(picked)) fail(picked.name, text.tooMany(picked.name));
        }
      } catch (error) {
        const { code, message } = toRpcError(error);
        if (!silent.has(code)) fail(text.pickedNothing, message);
      }
    },
    tooMany: (name) => void fail(name, text.tooMany(name)),
    folder: (name) => void fail(name, text.folder(name)),
  };
}

/** The host cannot be told to stop: what it answers later is not waited for. */
function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(Object.assign(new Error('cancelled'), { code: 'cancelled' })));
    answer.then(resolve, reject);
  });
}
