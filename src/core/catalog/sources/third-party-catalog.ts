/**
 * Live third-party models: `GET /ai/catalog/models` (cloudflare-api.md 4.3). The route is unofficial, so its wrapping is
 * taken as it comes.
 */
import { asList, asObject } from '../../inference/json';
import type { ListedModel } from '../entry';
import type { Capability, RequestFormat } from '../model';
import { listedTask } from '../tasks';
import { readEntries, stated, type Rejected } from './entries';
import { readPrices } from './price-list';
import { flag, httpsUrl, longText, modelId, nameText, providerSlug, tokenCount } from './values';

/** Tags that say a model can do something, in lower case with spaces. */
const capabilityTags: ReadonlyMap<string, Capability> = new Map<string, Capability>([
  ['reasoning', 'reasoning'],
  ['vision', 'vision'],
  ['image input', 'vision'],
  ['tools', 'tools'],
  ['tool use', 'tools'],
  ['tool calling', 'tools'],
  ['function calling', 'tools'],
  ['structured output', 'structured-output'],
  ['structured outputs', 'structured-output'],
  ['audio input', 'audio-input'],
  ['video input', 'video-input'],
  ['file input', 'file-input'],
  ['streaming', 'streaming'],
  ['lora', 'lora'],
  ['batch', 'batch'],
]);

const requestFormats: ReadonlyMap<string, RequestFormat> = new Map<string, RequestFormat>([
  ['chat completions', 'chat-completions'],
  ['responses', 'responses'],
  ['anthropic messages', 'anthropic-messages'],
]);

/** Reads one page. */
export function parseThirdPartyCatalog(json: unknown, rejected?: Rejected): ListedModel[] {
  return readEntries(listIn(json), 'model_id', rejected, (entry, dropped) => {
    const id = modelId(entry['model_id']);
    if (id === undefined) return 'The model_id is not a callable id.';
    const prices = readPrices(
      Object.entries(asObject(entry['pricing']) ?? {}).map(([label, amount]) => ({ label, amount })),
    );
    if (typeof prices === 'string') dropped(prices);
    return {
      id,
      facts: stated({
        provider: providerSlug(entry['provider_id']),
        name: nameText(entry['name']),
        // Hosted models, should they be listed here as well, are known by their id.
        hosting: id.startsWith('@') ? undefined : 'third-party',
        task: listedTask(entry['task'], id),
        description: longText(entry['description']),
        contextWindow: tokenCount(entry['context_length']),
        maxOutputTokens: tokenCount(entry['max_output_tokens']),
        capabilities: wordsIn(entry['tags'], capabilityTags),
        requestFormats: wordsIn(entry['request_formats'], requestFormats),
        pricing: typeof prices === 'string' ? undefined : prices,
        zeroDataRetention: flag(entry['zdr']),
        termsUrl: httpsUrl(entry['terms']),
        note: bannerText(entry['banner']),
      }),
    };
  });
}

/** The list of entries, bare or in one of the wrappers that a v4 route may use. */
function listIn(json: unknown): unknown {
  for (const wrapper of [asObject(json)?.['result'], json]) {
    const inner = asObject(wrapper);
    const list = [wrapper, inner?.['models'], inner?.['data'], inner?.['items']].find(Array.isArray);
    if (list !== undefined) return list;
  }
  return undefined;
}

function wordsIn<T>(list: unknown, words: ReadonlyMap<string, T>): T[] {
  const found = asList(list).map((word) =>
    typeof word === 'string' ? words.get(word.trim().toLowerCase().replace(/[_-]/g, ' ')) : undefined,
  );
  return [...new Set(found)].filter((word) => word !== undefined);
}

/** A notice on the model's page: text, or an object with a text in it. */
function bannerText(banner: unknown): string | undefined {
  const object = asObject(banner);
  return longText(banner) ?? longText(object?.['text'] ?? object?.['message'] ?? object?.['description']);
}
