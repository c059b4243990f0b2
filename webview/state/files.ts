/**
 * Saves and opens files, with the host's dialogs where it has them and with the browser's own means elsewhere.
 */
import type { MediaRef } from '../../src/core/media/media';
import type { HostApi, Surroundings } from '../../src/protocol/api';

/** Where files are, and who can save them. */
export interface FileAccess {
  host(): HostApi | undefined;
  surroundings(): Surroundings;
  /** Prefix of stored files; ends with a slash. */
  mediaBase(): string;
  /** A call failed or was refused. */
  refused(error: unknown): void;
}

/** What can be done with files. */
export interface Files {
  save(media: MediaRef, name: string): void;
  saveText(text: string, name: string): void;
  open(media: MediaRef): void;
}

/** Milliseconds after which the text of a download may be forgotten: the browser has read it by then. */
const DOWNLOAD_TIME = 60_000;

/** Makes them. */
export function createFiles(access: FileAccess): Files {
  const hasDialogs = (): boolean => access.surroundings().dialogs;
  const call = (work: (host: HostApi) => Promise<unknown>): void => {
    const host = access.host();
    if (host) work(host).catch((error: unknown) => access.refused(error));
  };
  return {
    save({ file }, name) {
      if (hasDialogs()) call((host) => host.saveMedia(file, name));
      else download(access.mediaBase() + file, name);
    },
    saveText(text, name) {
      if (hasDialogs()) return call((host) => host.saveText(text, name));
      const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
      download(url, name);
      setTimeout(() => URL.revokeObjectURL(url), DOWNLOAD_TIME);
    },
    open({ file }) {
      if (hasDialogs()) call((host) => host.openMedia(file));
      else window.open(access.mediaBase() + file, '_blank', 'noopener');
    },
  };
}

function download(href: string, name: string): void {
  const link = document.createElement('a');
  link.href = href;
  link.download = name;
  link.click();
}
