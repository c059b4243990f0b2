/**
 * What is attached to the prompt, and what is on its way there.
 */
import { MAX_ATTACHMENTS } from '../../src/core/media/limits';
import type { Attachment, AttachmentRole, MediaKind, MediaRef } from '../../src/core/media/media';
import type { HostApi, Surroundings } from '../../src/protocol/api';
import { inputStrings } from '../strings-inputs';
import { freeName, moved, withRole } from './attachment-list';
import type { Sender, SendAccess } from './attachment-sender';
import type { AttachmentProblem, Taking, Transfer } from './attaching';

/** What attachments need of the session. */
export interface AttachmentAccess {
  host(): HostApi | undefined;
  surroundings(): Surroundings;
  /** The list has changed by what the user did. */
  changed(): void;
}

/** The attachments of the composer. */
export class Attachments {
  list = $state.raw<readonly Attachment[]>([]);
  busy = $state.raw<readonly Transfer[]>([]);
  problems = $state.raw<readonly AttachmentProblem[]>([]);
  /** For screen readers: what last happened. */
  said = $state.raw('');

  readonly #access: AttachmentAccess;
  /** Loaded when the first file comes. */
  #sender: Promise<Sender> | undefined;

  constructor(access: AttachmentAccess) {
    this.#access = access;
  }

  /** Something to show beside the prompt. */
  get any(): boolean {
    return this.list.length + this.busy.length + this.problems.length > 0;
  }

  /** Sends files and attaches them in their order. What is wrong with one stands in `problems`; the others go on. */
  async addFiles(files: readonly File[], taking?: Taking): Promise<void> {
    await this.#with((sender) => sender.sendFiles(files, taking));
  }

  /** Tells that folders cannot be attached. */
  async addFolders(names: readonly string[]): Promise<void> {
    await this.#with((sender) => Promise.resolve(names.forEach((name) => sender.folder(name))));
  }

  /** Fetches an `https:` or `data:` address and attaches what is there. Answers with the problem, if there is one. */
  async addUrl(url: string): Promise<AttachmentProblem | undefined> {
    return this.#with((sender) => sender.sendUrl(url));
  }

  /** Lets the user choose files with the host's dialogs. */
  async pick(from: 'disk' | 'workspace', kinds: readonly MediaKind[]): Promise<void> {
    await this.#with((sender) => sender.pick(from, kinds));
  }

  /** Sends a file that takes the place and the role of an attachment. True: it did. */
  async replace(old: Attachment, file: File): Promise<boolean> {
    const sent = await this.#with((sender) => sender.sendFile(file));
    if (!sent) return false;
    const at = this.list.indexOf(old);
    if (at === -1) return this.insert({ ...sent, role: old.role });
    this.#set(this.list.with(at, { ...sent, role: old.role }));
    this.said = inputStrings.attached(sent.name);
    return true;
  }

  /** Sends a file and attaches it in this role, in the place of the one that had it. True: it is attached. */
  async addAs(role: Exclude<AttachmentRole, 'input'>, file: File): Promise<boolean> {
    const before = this.list.find((attachment) => attachment.role === role);
    if (before !== undefined) return this.replace(before, file);
    const sent = await this.#with((sender) => sender.sendFile(file));
    if (!sent) return false;
    const attached = this.insert({ ...sent, role });
    if (!attached) this.#noRoom(sent.name);
    return attached;
  }

  /** Attaches a file of an answer. */
  use(media: MediaRef, name: string): void {
    if (!this.insert({ media, name, role: 'input' })) this.#noRoom(name);
  }

  remove(attachment: Attachment): void {
    this.#set(this.list.filter((other) => other !== attachment));
    this.said = inputStrings.removed(attachment.name);
  }

  /** Moves it by so many places. */
  move(attachment: Attachment, by: number): void {
    const list = moved(this.list, this.list.indexOf(attachment), by);
    if (list === this.list) return;
    this.#set(list);
    this.said = inputStrings.moved(attachment.name, list.indexOf(attachment) + 1, list.length);
  }

  setRole(attachment: Attachment, role: AttachmentRole): void {
    const at = this.list.indexOf(attachment);
    if (at !== -1) this.#set(withRole(this.list, at, role));
  }

  /** Takes the problem away. */
  dismiss(id: string): void {
    this.problems = this.problems.filter((problem) => problem.id !== id);
  }

  /** Takes over what the host kept. */
  restore(list: readonly Attachment[]): void {
    this.list = list;
  }

  /** Attaches what the host has. False: there is no room. */
  insert(attachment: Attachment): boolean {
    if (this.list.length >= MAX_ATTACHMENTS) return false;
    const name = freeName(attachment.name, new Set(this.list.map((other) => other.name)));
    this.#set([...this.list, { ...attachment, name }]);
    this.said = inputStrings.attached(name);
    return true;
  }

  #set(list: readonly Attachment[]): void {
    this.list = list;
    this.#access.changed();
  }

  #noRoom(name: string): void {
    void this.#with((sender) => Promise.resolve(sender.tooMany(name)));
  }

  /** What sends files is not part of the first page. */
  async #with<T>(work: (sender: Sender) => Promise<T>): Promise<T | undefined> {
    this.#sender ??= import('./attachment-sender').then(({ createSender }) => createSender(this.#sendAccess));
    let sender: Sender;
    try {
      sender = await this.#sender;
    } catch {
      // Another time it may be there.
      this.#sender = undefined;
      this.problems = [...this.problems, { id: crypto.randomUUID(), name: '', message: inputStrings.toolFailed }];
      return undefined;
    }
    return work(sender);
  }

  get #sendAccess(): SendAccess {
    return {
      host: () => this.#access.host(),
      surroundings: () => this.#access.surroundings(),
      room: () => MAX_ATTACHMENTS - this.list.length,
      attach: (attachment) => this.insert(attachment),
      began: (transfer) => (this.busy = [...this.busy, transfer]),
      progressed: (id, progress) => {
        this.busy = this.busy.map((transfer) => (transfer.id === id ? { ...transfer, progress } : transfer));
      },
      ended: (id) => (this.busy = this.busy.filter((transfer) => transfer.id !== id)),
      failed: (problem) => (this.problems = [...this.problems, problem]),
    };
  }
}
