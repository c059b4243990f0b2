/**
 * The rest of `vscode` that wizards and messages touch, on top of the fake workspace. Tests say beforehand what the user
 * does in each question. Use: `vi.mock('vscode', async () => (await import('./fake-prompts')).fakeVscode)`.
 */
import { vi } from 'vitest';
import { fake, FakeUri, fakeVscode as base, resetWorkspace } from './fake-workspace';

/** What a user does in a question. */
export type Reply =
  | 'enter'
  | 'back'
  | 'escape'
  | { readonly choose: string }
  | { readonly tick: readonly string[] }
  | { readonly type: string };

/** A question as it was first shown. */
export interface Seen {
  readonly title: string;
  readonly text: string;
  readonly items: readonly string[];
  readonly descriptions: readonly string[];
  readonly active: string | undefined;
  readonly ticked: readonly string[];
  readonly value: string;
  readonly hasBack: boolean;
}

/** A terminal and what was typed into it. */
export interface FakeTerminal {
  readonly cwd: string;
  readonly lines: string[];
  exitStatus: object | undefined;
}

/** What users do, and what they saw. */
export const prompts = {
  replies: [] as Reply[],
  seen: [] as Seen[],
  /** What inputs complained about. */
  problems: [] as string[],
  terminals: [] as FakeTerminal[],
  clipboard: '',
  /** Paths of what was opened outside. */
  opened: [] as string[],
};

/** Forgets everything. */
export function resetPrompts(): void {
  resetWorkspace();
  const { replies, seen, problems, terminals, opened } = prompts;
  for (const list of [replies, seen, problems, terminals, opened]) list.length = 0;
  prompts.clipboard = '';
  Object.assign(base.workspace, { isTrusted: true });
}

class FakeEvent<T> {
  readonly #listeners = new Set<(value: T) => void>();
  readonly on = (listener: (value: T) => void) => {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  };
  fire(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }
}

interface Item {
  readonly label: string;
  readonly description?: string;
}

const BACK_BUTTON = {};

/** A quick pick or an input box. */
class FakeInput {
  title = '';
  step = 0;
  totalSteps = 0;
  placeholder = '';
  prompt = '';
  value = '';
  items: readonly Item[] = [];
  activeItems: readonly Item[] = [];
  selectedItems: readonly Item[] = [];
  buttons: readonly unknown[] = [];
  canSelectMany = false;
  ignoreFocusOut = false;
  readonly #accepted = new FakeEvent<void>();
  readonly #hidden = new FakeEvent<void>();
  readonly #button = new FakeEvent<unknown>();
  readonly #value = new FakeEvent<string>();
  readonly onDidAccept = this.#accepted.on;
  readonly onDidHide = this.#hidden.on;
  readonly onDidTriggerButton = this.#button.on;
  readonly onDidChangeValue = this.#value.on;
  #disposed = false;

  set validationMessage(message: string | undefined) {
    if (message !== undefined) prompts.problems.push(message);
  }

  show(): void {
    prompts.seen.push({
      title: `${this.title} (${this.step}/${this.totalSteps})`,
      text: this.placeholder || this.prompt,
      items: this.items.map(({ label }) => label),
      descriptions: this.items.map(({ description = '' }) => description),
      active: (this.activeItems[0] ?? this.items[0])?.label,
      ticked: this.canSelectMany ? this.selectedItems.map(({ label }) => label) : [],
      value: this.value,
      hasBack: this.buttons.includes(BACK_BUTTON),
    });
    void this.#play();
  }

  dispose(): void {
    this.#disposed = true;
    this.#hidden.fire();
  }

  async #play(): Promise<void> {
    // A question nobody has an answer for is left.
    for (let reply = prompts.replies.shift(); ; reply = prompts.replies.shift()) {
      await Promise.resolve();
      this.#do(reply ?? 'escape');
      await new Promise((resolve) => setTimeout(resolve));
      if (this.#disposed || reply === undefined) return;
    }
  }

  #do(reply: Reply): void {
    if (reply === 'escape') return this.#hidden.fire();
    if (reply === 'back') return this.#button.fire(BACK_BUTTON);
    if (reply === 'enter') {
      if (!this.canSelectMany)
        this.selectedItems = (this.activeItems.length > 0 ? this.activeItems : this.items).slice(0, 1);
    } else if ('type' in reply) {
      this.value = reply.type;
      this.#value.fire(reply.type);
    } else {
      const wanted = 'tick' in reply ? reply.tick : [reply.choose];
      const found = this.items.filter(({ label }) => wanted.includes(label));
      if (found.length !== wanted.length)
        throw new Error(`No ${wanted.join(', ')} in ${this.items.map(({ label }) => label).join(', ')}`);
      this.selectedItems = found;
    }
    this.#accepted.fire();
  }
}

/** The names in the braces of a glob. */
const namesOf = (glob: string): readonly string[] => /\{(.*)\}/.exec(glob)?.[1]?.split(',') ?? [];

Object.assign(base.workspace, {
  isTrusted: true,
  getWorkspaceFolder: ({ path }: FakeUri) =>
    fake.folders.find(({ uri }) => path === uri.path || path.startsWith(`${uri.path}/`)),
  asRelativePath: ({ path }: FakeUri) => path.slice(1),
  findFiles: (glob: { base: FakeUri; pattern: string } | string, exclude: string) => {
    // Without a folder: a name anywhere.
    const plain = typeof glob === 'string';
    const root = plain ? '' : glob.base.path;
    const names = plain ? [glob.slice(glob.lastIndexOf('/') + 1)] : namesOf(glob.pattern);
    return Promise.resolve(
      [...fake.disk.keys()]
        .filter((path) => path.startsWith(`${root}/`) && names.includes(path.split('/').at(-1) ?? ''))
        .filter((path) => !path.split('/').some((segment) => namesOf(exclude).includes(segment)))
        .map((path) => FakeUri.file(path)),
    );
  },
});

const message = () => vi.fn((..._args: string[]): Promise<string | undefined> => Promise.resolve(undefined));

const window = {
  ...base.window,
  showErrorMessage: message(),
  showTextDocument: vi.fn((..._args: unknown[]) => Promise.resolve()),
  showOpenDialog: vi.fn((..._args: unknown[]): Promise<FakeUri[] | undefined> => Promise.resolve(undefined)),
  createQuickPick: () => new FakeInput(),
  createInputBox: () => new FakeInput(),
  createTerminal: ({ cwd }: { cwd: FakeUri }) => {
    const terminal = {
      cwd: cwd.path,
      lines: [] as string[],
      exitStatus: undefined as object | undefined,
      show() {},
      sendText: (line: string) => void terminal.lines.push(line),
    };
    prompts.terminals.push(terminal);
    return terminal;
  },
};

/** The module. */
export const fakeVscode = {
  ...base,
  window,
  QuickInputButtons: { Back: BACK_BUTTON },
  RelativePattern: class {
    constructor(
      readonly base: FakeUri,
      readonly pattern: string,
    ) {}
  },
  Position: class {
    constructor(
      readonly line: number,
      readonly character: number,
    ) {}
  },
  ThemeIcon: class {
    constructor(readonly id: string) {}
  },
  env: {
    clipboard: { writeText: (text: string) => Promise.resolve(void (prompts.clipboard = text)) },
    openExternal: ({ path }: FakeUri) => Promise.resolve(prompts.opened.push(path) > 0),
  },
};
