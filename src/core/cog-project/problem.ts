/**
 * What is wrong with a Cog project, and what would mend it.
 */

/** `error`: Cog refuses it or it fails when it runs. `warning`: it works by luck or not as expected. `info`: outdated. */
export type Severity = 'error' | 'warning' | 'info';

/** A stretch of a text; lines and columns count from 1, columns in UTF-16 units, the end is behind the last character. */
export interface Span {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** One change that a fix makes. */
export type FixEdit =
  | { readonly kind: 'replace'; readonly file: string; readonly span: Span; readonly text: string }
  | { readonly kind: 'create'; readonly file: string; readonly text: string };

/** A way to mend a problem. All of its edits belong together. */
export interface Fix {
  /** In the imperative, as a menu shows it: `Quote the version`. */
  readonly title: string;
  readonly edits: readonly FixEdit[];
}

/** One problem. Files are relative to the project, with forward slashes. */
export interface Problem extends Span {
  readonly file: string;
  readonly severity: Severity;
  /** Cause, and next step where it is not obvious: one or two sentences. */
  readonly message: string;
  /** A kebab-case word, stable: `python-version-unquoted`. */
  readonly code: string;
  readonly fixes: readonly Fix[];
}
