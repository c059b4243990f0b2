/**
 * Which wire format a model is called in (contract "Which wire, which limit").
 */
import type { Model } from '../catalog/model';
import type { Wire } from '../run/events';

/**
 * The wire for a model. A server of the user's own: Cog's. Chat: Chat Completions where the catalog lists it, else Messages, else Responses; with nothing
 * listed, Messages for `anthropic/*` and Chat Completions for the rest. Other tasks: the model's own path when
 * Cloudflare hosts it, the `/ai/run` envelope when it does not (cloudflare-api.md 1).
 */
export function chooseWire(model: Model): Wire {
  if (model.hosting === 'own') return 'cog';
  if (model.task !== 'text-generation') return model.hosting === 'hosted' ? 'run-model' : 'run';
  const formats = model.requestFormats;
  if (formats.includes('chat-completions')) return 'chat-completions';
  if (formats.includes('anthropic-messages')) return 'anthropic-messages';
  if (formats.includes('responses')) return 'responses';
  return model.id.startsWith('anthropic/') ? 'anthropic-messages' : 'chat-completions';
}
