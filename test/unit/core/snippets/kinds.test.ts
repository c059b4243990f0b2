import { describe, expect, it } from 'vitest';
import type { Model } from '../../../../src/core/catalog/model';
import { buildRequest } from '../../../../src/core/inference/build';
import { snippetKindsFor } from '../../../../src/core/snippets/kinds';
import { snippetOf } from '../../../../src/core/snippets/snippet';
import { modelOf, requestTo, TOKEN } from '../inference/support';

const third = (changes: Partial<Model>): Partial<Model> => ({ hosting: 'third-party', requestFormats: [], ...changes });
const CLAUDE = third({ id: 'anthropic/claude-x', requestFormats: ['anthropic-messages'] });
const LUNA = third({ id: 'openai/luna', requestFormats: ['responses'] });
const PAINTER = third({ id: 'acme/painter', task: 'text-to-image' });
const EMBEDDER: Partial<Model> = { id: '@cf/acme/embed', task: 'embeddings', requestFormats: [] };

describe('the kinds of a model', () => {
  it.each([
    ['a hosted chat', {}, 'worker curl ts-openai ts-fetch ts-ai-sdk py-openai py-requests'],
    ['a chat in the format Messages', CLAUDE, 'worker curl ts-fetch py-anthropic py-requests'],
    ['a chat in the format Responses', LUNA, 'worker curl ts-openai ts-fetch py-openai py-requests'],
    ['pictures of another provider', PAINTER, 'worker curl ts-fetch py-requests'],
    ['hosted embeddings', EMBEDDER, 'worker curl ts-fetch py-requests'],
  ] as const)('are the libraries that speak its wire: %s', (_what, model, kinds) => {
    expect(snippetKindsFor(modelOf(model)).join(' ')).toBe(kinds);
  });

  it.each([{}, CLAUDE, LUNA, PAINTER, EMBEDDER])('can each be written, without the token', (model) => {
    for (const kind of snippetKindsFor(modelOf(model))) {
      const code = snippetOf(kind, buildRequest(requestTo(model)));
      expect(code).toContain(modelOf(model).id);
      expect(code).toContain('Hello');
      expect(code).toContain(kind === 'worker' ? 'env.AI' : 'CLOUDFLARE_API_TOKEN');
      expect(code).not.toContain(TOKEN);
    }
  });
});
