/**
 * How a Worker calls a model, in one line where one line can do.
 */
import type { Model } from '../catalog/model';
import { buildRequest } from '../inference/build';
import { wantsFormData } from '../inference/wires/image-input';
import { bindingCall } from './binding-call';
import { workerSnippet } from './worker';

/**
 * The call of `env.AI` for this model with an example as its input. For a task whose input we do not know, a comment
 * stands in its place; a model that takes form data gets a whole module, because that takes more than a line.
 */
export function workerCall(model: Model, gatewayId: string): string {
  if (model.task !== 'text-generation' && model.task !== 'text-to-image') {
    return line(model.id, '{ /* the fields of its schema */ }', gatewayId);
  }
  const prompt = model.task === 'text-generation' ? 'Why is the sky blue?' : 'A lighthouse at dawn';
  const { raw } = buildRequest({
    runId: '',
    model,
    messages: [{ role: 'user', content: prompt }],
    parameters: {},
    // Where it is sent over REST does not matter: the binding names model and input alone.
    endpoint: { baseUrl: 'https://api.cloudflare.com/client/v4', accountId: '', token: '', gatewayId, metadata: {} },
    policy: { firstTokenTimeout: 0, idleTimeout: 0, maxAttempts: 1 },
  });
  if (wantsFormData(model.id)) return workerSnippet(raw);
  const { stream: _, stream_options: __, ...input } = bindingCall(raw).input;
  return line(model.id, JSON.stringify(input), gatewayId);
}

function line(modelId: string, input: string, gatewayId: string): string {
  const gateway = JSON.stringify({ gateway: { id: gatewayId } });
  return `const answer = await env.AI.run(${JSON.stringify(modelId)}, ${input}, ${gateway});`;
}
