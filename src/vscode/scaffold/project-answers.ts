/**
 * Answers about a new project, and which of them the next one begins with.
 */
import type * as vscode from 'vscode';
import type { WorkerExtra, WorkerTemplateId } from '../../core/scaffold/worker/answers';

/** What is known of the project so far. */
export interface ProjectAnswers {
  readonly parent?: vscode.Uri;
  readonly template?: WorkerTemplateId;
  readonly name?: string;
  /** Chosen ids by slot and rank, `0.1` for the first fallback of the first slot; `''` ends a slot. */
  readonly picked: Readonly<Record<string, string>>;
  readonly binding?: string;
  readonly gatewayId?: string;
  readonly extras?: readonly WorkerExtra[];
}

const REMEMBERED = 'scaffold.newWorker';

/** Of one project the next has template, binding, gateway and extras. */
export async function remember(
  { template, binding, gatewayId, extras }: ProjectAnswers,
  memento: vscode.Memento,
): Promise<void> {
  await memento.update(REMEMBERED, { template, binding, gatewayId, extras });
}

/** What was remembered. */
export function recall(memento: vscode.Memento): Partial<ProjectAnswers> {
  return memento.get<Partial<ProjectAnswers>>(REMEMBERED) ?? {};
}
