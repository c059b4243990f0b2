/**
 * One sentence per failure: what to do next. By Cloudflare's code where it has one, else by reason.
 */
import type { FailureReason } from './error';

/** What a sentence may depend on. */
export interface FailureFacts {
  readonly code?: number | undefined;
  /** Seconds. */
  readonly retryAfter?: number | undefined;
}

const TOKEN_PERMISSION =
  'Use a Cloudflare API token that is valid for this account and has the permission "Account > Workers AI > Read".';
const CREDITS = 'Add AI Gateway credits in the Cloudflare dashboard, or store your own provider key in the gateway.';
const INPUT = 'Check the model id and the parameters: the model, or one of the fields sent, is not accepted.';

/** By code (cloudflare-api.md 1.6). */
const BY_CODE: ReadonlyMap<number, string> = new Map([
  [10000, TOKEN_PERMISSION],
  [2009, 'The model provider refused the credential: check the provider key stored in the gateway.'],
  [5016, "Accept the model's licence in the Cloudflare dashboard, then run again."],
  [5018, 'This model is private: choose another one, or ask its owner for access.'],
  [3041, 'This model is private: choose another one, or ask its owner for access.'],
  [3023, 'This account is blocked from Workers AI: contact Cloudflare support.'],
  [2021, CREDITS],
  [5035, 'This model needs the Workers Paid plan: upgrade the account, or choose another model.'],
  [3036, "The day's free neurons are used up: wait for the reset at 00:00 UTC, or switch to Workers Paid."],
  [2016, "The gateway's guardrails blocked the prompt: change it, or review their rules."],
  [2017, "The gateway's guardrails blocked the answer: change the prompt, or review their rules."],
  [3040, 'The model is out of capacity for the moment: run again shortly, or choose another model.'],
  [7003, INPUT],
  [5007, 'No such model: choose one from the list, or refresh the catalog.'],
  [3042, 'No such model: choose one from the list, or refresh the catalog.'],
  [3007, 'The model took too long on the server: run again, or ask for a shorter answer.'],
  [7013, "The gateway's guardrails service is failing: run again shortly, or turn its Block rules off for now."],
]);

const BY_REASON: Readonly<Record<FailureReason, string>> = {
  auth: TOKEN_PERMISSION,
  permission: 'Check that the account, the plan and the token may use this model.',
  billing: CREDITS,
  'rate-limit': "Wait a little and run again, or raise the gateway's rate or spend limit.",
  capacity: 'The model is out of capacity for the moment: run again shortly, or choose another model.',
  blocked: "Change the prompt, or review the gateway's guardrails.",
  'bad-request': INPUT,
  'not-found': 'Check the model id, the account id and the API base URL.',
  'too-large': 'Shorten the prompt, or choose a model with a larger context.',
  'timeout-first-token': 'Run again, choose a faster model, or raise the first-token timeout in the settings.',
  'timeout-idle': 'Run again, or raise the idle timeout in the settings.',
  network: 'Check the network connection and the API base URL, then run again.',
  protocol: 'Check that the API base URL points to a server of this API; if it does, report this model.',
  aborted: 'Run again when you like.',
  server: 'The fault is on the server: run again in a moment, or choose another model.',
};

/** The sentence for a failure. A wait that the server asked for is named in it. */
export function nextStep(reason: FailureReason, facts: FailureFacts): string {
  const byCode = facts.code === undefined ? undefined : BY_CODE.get(facts.code);
  const sentence = byCode ?? BY_REASON[reason];
  if (facts.retryAfter === undefined) return sentence;
  return `${sentence.slice(0, -1)}; the server asks to wait ${Math.ceil(facts.retryAfter)} s first.`;
}
