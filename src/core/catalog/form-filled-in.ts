/**
 * Fields of schemas that are in no form, because the playground fills them in itself.
 */
import { kindByName } from './media-place';

const prompt = 'the prompt fills it in';
const conversation = 'the prompt and the system prompt fill it in';
const media = 'it is filled in by what is attached, not by typing';
const stream = 'every answer is streamed where that is possible';
const call = 'it says which model is called, and how';
const tools = 'answers with tool calls are shown, but tools cannot be offered yet';
const later = 'the answer would not come back to the one who asked';

const reasons: ReadonlyMap<string, string> = new Map([
  ['prompt', prompt],
  ['input', prompt],
  ['text', prompt],
  ['input_text', prompt],
  ['content', prompt],
  ['query', prompt],
  ['queries', prompt],
  ['contexts', prompt],
  ['documents', prompt],
  ['messages', conversation],
  ['contents', conversation],
  ['system', conversation],
  ['instructions', conversation],
  ['systemInstruction', conversation],
  ['system_instruction', conversation],
  // Chat models are called in another format, which says this in other words (`form-known.ts`).
  ['generationConfig', conversation],
  ['stream', stream],
  ['stream_options', stream],
  ['model', call],
  ['options', call],
  ['requests', call],
  ['multipart', call],
  ['tools', tools],
  ['tool_choice', tools],
  ['toolConfig', tools],
  ['parallel_tool_calls', tools],
  ['functions', tools],
  ['function_call', tools],
  ['background', later],
  ['webhookUrl', later],
  ['webhookFormat', later],
  ['webhook_url', later],
]);

/** Why a field is in no form; `undefined`: it is in the form. */
export function filledIn(wireName: string, isSwitch: boolean): string | undefined {
  const reason = reasons.get(wireName);
  if (reason !== undefined || isSwitch) return reason;
  // `audio` that is `true` or `false` is a switch of a video model, and no media.
  return kindByName(wireName) === undefined ? undefined : media;
}
