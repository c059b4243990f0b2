import { describe, expect, it } from 'vitest';
import { expectedCosts, filesOf, inputTokensOf, knownUsd, type Asked } from '../../../src/app/expected-cost';
import type { Model } from '../../../src/core/catalog/model';
import type { Attachment, MediaRef } from '../../../src/core/media/media';
import type { Money } from '../../../src/core/run/money';
import { model } from '../../fakes/ports';

const attached = (media: Partial<MediaRef>, role: Attachment['role'] = 'input'): Attachment => ({
  name: 'file',
  role,
  media: { kind: 'image', mediaType: 'image/png', file: 'a.png', byteLength: 9, ...media },
});
const picture = attached({ width: 1024, height: 1024 });
const asked = (more: Partial<Asked>): Asked => ({ prompt: 'say hello', promptTokens: 2, systemTokens: 3, ...more });
const costOf = (of: Model, more: Partial<Asked>): Money | undefined => {
  const column = { id: 'c', modelId: of.id, parameters: { maxOutputTokens: 100 } };
  return expectedCosts([{ column, model: of }], asked(more), {})[0]?.atLimit;
};
const gpt = model('openai/gpt', { provider: 'openai', capabilities: ['vision'] });
const other = model('xai/other', { provider: 'xai', capabilities: ['vision'] });

describe('the expected cost of files', () => {
  it('is that of their tokens, as far as a formula is known', () => {
    // 5 + 765 in at $1, 100 out at $2
    expect(costOf(gpt, { attachments: [picture] })).toEqual({
      provenance: 'estimated',
      usd: expect.closeTo(0.00097, 12) as number,
    });
    // without the picture: 5 + 2 × 100
    expect(costOf(gpt, {})).toMatchObject({ usd: expect.closeTo(0.000205, 12) as number });
  });

  it('is unknown where none is, and what the text costs is sure', () => {
    expect(costOf(other, { attachments: [picture] })).toEqual({
      provenance: 'unknown',
      why: expect.stringMatching(/How many tokens a picture takes/) as string,
      atLeast: expect.closeTo(0.000205, 12) as number,
    });
  });

  it('is by the minute of the recording', () => {
    const whisper = model('@cf/openai/whisper', {
      task: 'speech-recognition',
      pricing: [{ label: 'per audio minute', usd: 0.0005 }],
    });
    const recording = attached({ kind: 'audio', mediaType: 'audio/wav', seconds: 90 });
    expect(costOf(whisper, { prompt: '', attachments: [recording] })).toMatchObject({ usd: 0.00075 });
    expect(costOf(whisper, { prompt: '' })).toMatchObject({ provenance: 'unknown' });
  });

  it('counts the megapixels of a picture to start from', () => {
    const klein = model('@cf/black-forest-labs/flux-2-klein-9b', {
      task: 'image-to-image',
      pricing: [
        { label: 'per first MP (1024x1024)', usd: 0.015 },
        { label: 'per input image MP', usd: 0.002 },
      ],
    });
    expect(costOf(klein, { attachments: [picture] })).toMatchObject({ usd: expect.closeTo(0.017, 12) as number });
  });

  it('is of no model that has no place for them', () => {
    const writer = model('@cf/test/writer', { task: 'text-to-speech' });
    expect(filesOf(asked({ attachments: [picture] }), writer)).toEqual([]);
  });
});

describe('the input of a model', () => {
  it('is the prompt, and what else its task has a place for', () => {
    const all = asked({ textsTokens: 10 });
    expect(inputTokensOf(all, { task: 'text-generation' })).toBe(5);
    expect(inputTokensOf(all, { task: 'embeddings' })).toBe(12);
    expect(inputTokensOf(all, { task: 'translation' })).toBe(2);
    expect(inputTokensOf(all, { task: 'speech-recognition' })).toBe(0);
  });

  it('is part of what is known of an unknown cost', () => {
    const cost = costOf(other, { attachments: [picture] });
    expect(cost && knownUsd(cost)).toBeGreaterThan(0);
  });
});
