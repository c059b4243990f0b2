/**
 * Open documents beside their files. VS Code notices a moment later that a file was written past the document.
 */
import * as vscode from 'vscode';

/** Longest wait for a document, in milliseconds. Linked files and excluded folders are not watched at all. */
const FOLLOW_TIMEOUT = 2000;

/** The open document of a file. */
export function documentOf(uri: vscode.Uri): vscode.TextDocument | undefined {
  const id = uri.toString();
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === id);
}

/** A text as the document would have it: without the byte order mark, with one kind of line end. */
export function asDocument(document: vscode.TextDocument, text: string): string {
  const end = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  return text.replace(/^\uFEFF/, '').replaceAll(/\r\n|\r|\n/g, end);
}

/** Makes a document that is not dirty have the text that its file has. False when it could not be. */
export async function follow(document: vscode.TextDocument, text: string): Promise<boolean> {
  const isThere = () => document.isClosed || document.getText() === asDocument(document, text);
  if (!isThere() && !(await comes(document, isThere))) await revert(document);
  return isThere();
}

/** Whether a document changes by itself as it should. */
function comes(document: vscode.TextDocument, isThere: () => boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (hasCome: boolean) => {
      clearTimeout(timer);
      listening.dispose();
      resolve(hasCome);
    };
    const timer = setTimeout(() => end(false), FOLLOW_TIMEOUT);
    const listening = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document === document && isThere()) end(true);
    });
  });
}

/** Reads a document from its file again. VS Code does that to the document that is shown, and only to that. */
export async function revert(document: vscode.TextDocument): Promise<void> {
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand('workbench.action.files.revert');
}
