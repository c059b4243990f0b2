/**
 * The JSON schemas of a model, written from Cloudflare's documentation, not copied (cloudflare-api.md 4.2, 4.4).
 */
import type { SimModel } from '../models';
import { musicSchema, speechSchema, transcriptionSchema } from './audio';
import * as small from './classic-tasks';
import { imageSchema } from './image';
import { imageEditSchema } from './image-edit';
import type { SchemaPair } from './parts';
import { anthropicMessages, classic, gemini, openAiHosted, openAiResponses, openAiThirdParty } from './text';
import { videoSchema } from './video';

/** What `sim` takes and gives; undefined where Cloudflare publishes no schema: realtime and unnamed tasks. */
export function schemaOf(sim: SimModel): SchemaPair | undefined {
  const { id, task } = sim.model;
  switch (task) {
    case 'text-generation':
      return textSchema(sim);
    case 'text-to-image':
      return imageSchema(id);
    case 'image-to-image':
      return imageEditSchema(id);
    case 'text-to-video':
    case 'image-to-video':
    case 'video-to-video':
      return videoSchema(id, task);
    case 'text-to-speech':
      return speechSchema(id);
    case 'speech-recognition':
      return transcriptionSchema(id);
    case 'music-generation':
      return musicSchema(id);
    case 'embeddings':
      return small.embeddingSchema(id);
    case 'reranking':
      return small.reranking;
    case 'translation':
      return small.translationSchema(id);
    case 'summarization':
      return small.summarization;
    case 'text-classification':
      return small.textClassification;
    case 'image-classification':
      return small.imageClassification;
    case 'object-detection':
      return small.objectDetection;
    case 'image-to-text':
      return small.imageToTextSchema(id);
    case 'turn-detection':
      return small.turnDetection;
    case 'realtime':
    case 'other':
      return undefined;
  }
}

function textSchema({ model, native }: SimModel): SchemaPair {
  const { id, maxOutputTokens: limit, requestFormats } = model;
  if (model.hosting === 'hosted') return native === 'classic' ? classic(/vision/.test(id)) : openAiHosted(limit);
  if (/^(?:anthropic|thinkingmachines)\//.test(id)) return anthropicMessages(limit);
  if (/^google\/gemini/.test(id)) return gemini(limit);
  const responsesAlone = requestFormats.length === 1 && requestFormats[0] === 'responses';
  return responsesAlone ? openAiResponses(limit) : openAiThirdParty(limit);
}
