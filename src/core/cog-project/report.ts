import type { Fix, Problem, Severity, Span } from './problem';

/** Makes problems of one file. */
export type Report = (code: string, severity: Severity, span: Span, message: string, fixes?: readonly Fix[]) => Problem;

/** The problems of a file. Edits of fixes that name no file change it. */
export function reporter(file: string): Report {
  return (code, severity, span, message, fixes = []) => ({
    file,
    ...span,
    severity,
    message,
    code,
    fixes: fixes.map(({ title, edits }) => ({
      title,
      edits: edits.map((edit) => (edit.file === '' ? { ...edit, file } : edit)),
    })),
  });
}
