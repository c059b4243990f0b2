/** What the Markdown view says, in one place for translation. */
export const markdownStrings = {
  code: 'Code',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Copy failed',
  copyCode: (language: string) => (language ? `Copy ${language} code` : 'Copy code'),
  codeIn: (language: string) => (language ? `Code, ${language}` : 'Code'),
  table: 'Table',
};
