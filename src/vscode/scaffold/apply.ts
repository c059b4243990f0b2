/**
 * Applies a plan: all that the user ticked, or nothing.
 */
import * as vscode from 'vscode';
import type { FileCreate, FileEdit, PlanResult, ScaffoldPlan } from '../../core/scaffold/plan';
import { checkTarget, missingFolders } from './check-target';
import { bytesOf, decode, statOf } from '../disk';
import { asDocument, documentOf } from './documents';
import { afterRollBack, asFailure, whyNotApplied, whyNotSaved } from './failure';
import type { Journal, Scaffold, ScaffoldDraft } from './journal';
import { appliedResult, pathsOf, unwrittenResult, type Written } from './plan-result';
import { workspaceEdit, type ApplyTarget } from './preview';
import { rollBack, type Progress } from './roll-back';
import { writeExactly } from './take-back';

/**
 * Writes the plan's files, after a preview if the target says so, and saves them. Files that the user unticks are among
 * the skipped ones of the result; a discarded preview, a plan with conflicts and one without changes write nothing.
 * Throws a `ScaffoldError` and leaves everything as it was: `read-only`, `changed-meanwhile` or `write-failed`.
 */
export async function applyPlan(
  plan: ScaffoldPlan,
  target: ApplyTarget,
  { journal }: { readonly journal: Journal },
): Promise<PlanResult> {
  if (plan.conflicts.length > 0 || plan.creates.length + plan.edits.length === 0) return unwrittenResult(plan);
  const { scaffold, progress } = await begin(plan, target, journal);
  try {
    if (!(await edit(plan, target, progress))) {
      await journal.remove(scaffold.id);
      return unwrittenResult(plan);
    }
    return await journal.inTurn(async () => {
      const written = await settleAll(plan, target, progress);
      const done = new Set(pathsOf(written));
      await finish({ ...scaffold, files: scaffold.files.filter(({ path }) => done.has(path)) }, journal);
      return appliedResult(plan, written);
    });
  } catch (error) {
    const left = await journal.inTurn(() => rollBack(plan, target.root, progress, scaffold.folders));
    if (left.length === 0) await journal.remove(scaffold.id);
    throw afterRollBack(error, left);
  }
}

/** Checks what can be checked and keeps what undoing needs, before anything is written: a crash can be undone as well. */
async function begin(
  plan: ScaffoldPlan,
  target: ApplyTarget,
  journal: Journal,
): Promise<{ readonly scaffold: Scaffold; readonly progress: Progress }> {
  try {
    await checkTarget(plan, target.root);
    const unsaved = await textsBelowUnsaved(plan, target.root);
    const scaffold = await journal.begin(await draftOf(plan, target));
    return { scaffold, progress: { unsaved, edited: false, saving: new Set(), saved: new Set() } };
  } catch (error) {
    throw asFailure(error);
  }
}

/** What the files hold whose documents have unsaved changes, by path. */
async function textsBelowUnsaved(plan: ScaffoldPlan, root: vscode.Uri): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const { path } of plan.edits) {
    const uri = vscode.Uri.joinPath(root, path);
    const bytes = documentOf(uri)?.isDirty === true ? await bytesOf(uri) : undefined;
    if (bytes !== undefined) texts.set(path, decode(bytes));
  }
  return texts;
}

async function draftOf(plan: ScaffoldPlan, { root, label }: ApplyTarget): Promise<ScaffoldDraft> {
  return {
    label,
    root: root.toString(),
    files: [
      ...plan.creates.map(({ path, text }) => ({ path, after: text })),
      ...plan.edits.map(({ path, before, after }) => ({ path, before, after })),
    ],
    folders: await missingFolders(plan, root),
    openFolders: (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.toString()),
  };
}

/** What was kept before writing serves as well: undoing passes over files that are not there. */
async function finish(scaffold: Scaffold, journal: Journal): Promise<void> {
  await journal.save({ ...scaffold, unfinished: false }).catch(() => undefined);
}

/** False: the preview was discarded. */
async function edit(plan: ScaffoldPlan, target: ApplyTarget, progress: Progress): Promise<boolean> {
  const edits = await workspaceEdit(plan, target);
  const creates = watchCreates(plan, target);
  try {
    if (!(await vscode.workspace.applyEdit(edits, { isRefactoring: true }))) {
      if (target.confirm && !creates.begun) return false;
      throw await whyNotApplied(plan, target.root);
    }
    progress.edited = true;
    return true;
  } finally {
    creates.dispose();
  }
}

/** Saves what the edit changed, and tells what was written. */
async function settleAll(plan: ScaffoldPlan, target: ApplyTarget, progress: Progress): Promise<Written> {
  const created: FileCreate[] = [];
  for (const create of plan.creates) {
    if ((await statOf(vscode.Uri.joinPath(target.root, create.path))) !== undefined) created.push(create);
  }
  const edited: FileEdit[] = [];
  for (const change of plan.edits) if (await settle(change, target, progress)) edited.push(change);
  return { created, edited };
}

/** `applyEdit` answers the same to a discarded preview and to a failure, but only before the latter a file is begun. */
function watchCreates(plan: ScaffoldPlan, { root }: ApplyTarget): vscode.Disposable & { readonly begun: boolean } {
  const uris = new Set(plan.creates.map(({ path }) => vscode.Uri.joinPath(root, path).toString()));
  let begun = false;
  const listening = vscode.workspace.onWillCreateFiles(({ files }) => {
    begun ||= files.some((uri) => uris.has(uri.toString()));
  });
  return {
    get begun() {
      return begun;
    },
    dispose: () => void listening.dispose(),
  };
}

/**
 * Saves a changed document and sees to it that the file has the bytes of the plan, which formatting on save and line ends
 * of several kinds may have changed. False: the user unticked it.
 */
async function settle(
  { path, before, after }: FileEdit,
  target: ApplyTarget,
  { saving, saved }: Progress,
): Promise<boolean> {
  const uri = vscode.Uri.joinPath(target.root, path);
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.getText() === asDocument(document, before)) return false;
  if (document.isDirty) {
    saving.add(path);
    if (!(await document.save())) throw await whyNotSaved(uri, path);
    saved.add(path);
  }
  await writeExactly(uri, after);
  return true;
}
