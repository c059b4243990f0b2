import type { MediaRef } from '../../../src/core/media/media';

/** What can be done with what a model made. */
export interface MediaActions {
  save(media: MediaRef, name: string): void;
  /** Opens it outside of the page. */
  open(media: MediaRef): void;
  useAsInput(media: MediaRef, name: string): void;
}

/** Another column that made media. */
export interface MediaPeer {
  readonly columnId: string;
  /** Its letter. */
  readonly label: string;
  /** Of its model, or what stands in its place while names are hidden. */
  readonly name: string;
  readonly media: readonly MediaRef[];
}

/** A picture of a column, to compare with another. */
export interface ComparedPicture {
  /** Letter of the column. */
  readonly label: string;
  /** Empty: not told. */
  readonly name: string;
  readonly src: string;
  /** Its place among the pictures of the column, from 0. */
  readonly at: number;
  /** Width by height; undefined: not known. */
  readonly ratio: number | undefined;
}

/** All pictures of other columns. `base` is the prefix of files. */
export function picturesOf(peers: readonly MediaPeer[], base: string): readonly ComparedPicture[] {
  return peers.flatMap(({ label, name, media }) =>
    media
      .filter(({ kind }) => kind === 'image')
      .map(({ file, width, height }, at): ComparedPicture => ({
        label,
        name,
        src: base + file,
        at,
        ratio: width && height ? width / height : undefined,
      })),
  );
}

/** A name to save it under: the model, which of its answers it is, and what it is. */
export function fileNameOf({ file }: Pick<MediaRef, 'file'>, model: string, index: number): string {
  const words = model.replace(/[^\p{L}\p{N}.-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '');
  const extension = file.includes('.') ? file.slice(file.lastIndexOf('.')) : '';
  return `${words === '' ? 'answer' : words.slice(0, 80)}${index > 0 ? `-${index + 1}` : ''}${extension}`;
}
