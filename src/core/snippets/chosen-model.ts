/**
 * A model as it is set up in a column, to go into code that fills in prompt and media itself.
 */
import { inputsOf, slotFields } from '../catalog/inputs';
import type { Model } from '../catalog/model';
import type { JsonValue, ModelSchema } from '../catalog/schema';
import { buildRequest } from '../inference/build';
import type { RunParameters } from '../inference/request';
import type { ChosenModel } from '../scaffold/worker/answers';
import { bindingCall } from './binding-call';
import { unsent } from './unsent';

/** Fields of a chat that hold the conversation, in the words of every wire. */
const CONVERSATION = new Set(['messages', 'contents', 'input', 'systemInstruction', 'system', 'instructions']);
/** Switches that belong to whoever reads the answer. */
const STREAMING = new Set(['stream', 'stream_options']);

/**
 * The model with the parameters that are sent (`sentParameters`), the output limit included, by their names in the
 * binding. No binding reaches a server of the user's own: do not ask for one. For chat that is the format of the model's own wire: Gemini's parameters stand in `generationConfig`.
 */
export function chosenModel(model: Model, parameters: RunParameters, schema?: ModelSchema): ChosenModel {
  const { raw } = buildRequest({
    ...unsent(''),
    model,
    messages: [],
    parameters,
    ...(schema && { schema }),
  });
  const filled = slotFields(inputsOf(model, schema));
  const isChat = model.task === 'text-generation';
  const isCallers = (name: string): boolean =>
    filled.has(name) || STREAMING.has(name) || (isChat && CONVERSATION.has(name));
  const input = Object.entries(bindingCall(raw).input).filter(([name]) => !isCallers(name));
  return {
    id: model.id,
    task: model.task,
    hosting: model.hosting === 'hosted' ? 'hosted' : 'third-party',
    input: Object.fromEntries(input) as Record<string, JsonValue>,
  };
}
