/** Prices as the bundled catalog had them in October 2026. Copied, so that bills worked out by hand stay right. */
import type { Model, Task } from '../../../../src/core/catalog/model';
import { model } from './runs';

const of = (id: string, task: Task, prices: Record<string, number>): Model =>
  model(prices, { id, task, hosting: id.startsWith('@') ? 'hosted' : 'third-party' });

export const glm = of('@cf/zai-org/glm-4.7-flash', 'text-generation', {
  'per 1M input tokens': 0.06,
  'per 1M output tokens': 0.4,
});
export const mini = of('openai/gpt-5.4-mini', 'text-generation', {
  'per 1M input tokens': 0.75,
  'per 1M output tokens': 4.5,
  'per 1M cached input tokens': 0.075,
});
export const sonnet = of('anthropic/claude-sonnet-4.6', 'text-generation', {
  'per 1M input tokens': 3,
  'per 1M output tokens': 15,
  'per 1M cached input tokens': 0.3,
  'per 1M cache creation tokens': 3.75,
});
export const grok = of('xai/grok-4.6', 'text-generation', {
  'per 1M input tokens (<200k)': 2,
  'per 1M cached input tokens (<200k)': 0.5,
  'per 1M output tokens (<200k)': 6,
  'per 1M input tokens (>=200k)': 4,
  'per 1M cached input tokens (>=200k)': 1,
  'per 1M output tokens (>=200k)': 12,
});
export const luna = of('openai/gpt-6-luna', 'text-generation', {
  'per 1M input tokens (short context)': 0.1,
  'per 1M output tokens (short context)': 0.5,
  'per 1M input tokens (long context)': 0.2,
  'per 1M output tokens (long context)': 0.75,
});
export const bgeM3 = of('@cf/baai/bge-m3', 'embeddings', { 'per 1M input tokens': 0.012 });
export const reranker = of('@cf/baai/bge-reranker-base', 'reranking', { 'per 1M input tokens': 0.003 });
export const omni = of('google/gemini-omni-flash', 'text-to-video', {
  'per 1M input text tokens': 1.5,
  'per 1M input image tokens': 1.5,
  'per 1M input audio tokens': 1.5,
  'per 1M input video tokens': 1.5,
  'per 1M output text tokens': 9,
  'per 1M reasoning tokens': 9,
  'per 1M output video tokens': 17.5,
});

export const schnell = of('@cf/black-forest-labs/flux-1-schnell', 'text-to-image', {
  'per 512x512 tile': 0.0000528,
  'per step': 0.0001056,
});
export const lucid = of('@cf/leonardo/lucid-origin', 'text-to-image', {
  'per 512x512 tile': 0.006996,
  'per step': 0.000132,
});
export const fluxDev = of('@cf/black-forest-labs/flux-2-dev', 'text-to-image', {
  'per input 512x512 tile per step': 0.00021,
  'per output 512x512 tile per step': 0.00041,
});
export const klein4 = of('@cf/black-forest-labs/flux-2-klein-4b', 'text-to-image', {
  'per input 512x512 tile': 0.000059,
  'per output 512x512 tile': 0.000287,
});
export const klein9 = of('@cf/black-forest-labs/flux-2-klein-9b', 'text-to-image', {
  'per first MP (1024x1024)': 0.015,
  'per subsequent MP': 0.002,
  'per input image MP': 0.002,
});
export const seedream45 = of('bytedance/seedream-4.5', 'text-to-image', { 'per image': 0.04 });
export const seedream5 = of('bytedance/seedream-5-pro', 'text-to-image', {
  'per image': 0.045,
  'per input image': 0.03,
});
export const qwenImage = of('alibaba/qwen-image-3.0-pro', 'text-to-image', {
  'per image (default)': 0.04,
  'per image @1k': 0.04,
  'per image @2k': 0.07,
});
export const tryOn = of('pruna/p-image-try-on', 'image-to-image', { 'per image': 0.015, 'per input image': 0.008 });
export const banana = of('google/nano-banana', 'text-to-image', {
  'per 1M input tokens': 0.3,
  'per 1M output tokens': 30,
  'per 1M cached input tokens': 0.03,
});
export const gptImage15 = of('openai/gpt-image-1.5', 'text-to-image', {
  'per 1M input tokens': 5,
  'per 1M input image tokens': 8,
  'per 1M cached input tokens': 1.25,
  'per 1M cached input image tokens': 2,
  'per 1M output image tokens': 32,
  'per 1M output tokens': 10,
});
export const gptImage25 = of('openai/gpt-image-2.5-flare', 'text-to-image', {
  'per 1M input tokens': 5,
  'per 1M input image tokens': 8,
  'per 1M cached input tokens': 1.25,
  'per 1M cached input image tokens': 3,
  'per 1M output image tokens': 30,
});
export const resnet = of('@cf/microsoft/resnet-50', 'image-classification', { 'per 1M images': 2.51 });

export const horse = of('alibaba/hh1-t2v', 'text-to-video', {
  'per second (default)': 0.28,
  'per second @720p': 0.14,
  'per second @1080p': 0.28,
});
export const veo = of('google/veo-3.1', 'text-to-video', {
  'per second (default)': 0.4,
  'per second @720p': 0.2,
  'per second @1080p': 0.2,
  'per second @4k': 0.4,
  'per second @720p with audio': 0.4,
  'per second @1080p with audio': 0.4,
  'per second @4k with audio': 0.6,
});
export const ltx = of('lightricks/ltx-2-5-fast', 'text-to-video', {
  'per second (default)': 0.09,
  'per second @720p': 0.09,
  'per second @1080p': 0.15,
  'per second @2k': 0.19,
  'per second @4k': 0.37,
});
export const pVideo = of('pruna/p-video', 'text-to-video', {
  'per second (default)': 0.02,
  'per second @720p': 0.02,
  'per second @1080p': 0.04,
  'per second @720p draft': 0.005,
  'per second @1080p draft': 0.01,
});
export const hailuo = of('minimax/hailuo-2.3-fast', 'text-to-video', {
  'per second (default)': 0.032,
  'per video 6s @768p': 0.19,
  'per video 10s @768p': 0.32,
  'per video 6s @1080p': 0.33,
});
export const seedance = of('bytedance/seedance-2.5', 'text-to-video', {
  'per second (default)': 0.2312,
  'per second @720p video input': 0.9676,
});
export const background = of('bria/v-rmbg-3.0', 'video-to-video', { 'per second': 0.0225 });

export const tts1 = of('openai/tts-1', 'text-to-speech', { 'per character': 0.000015 });
export const aura2 = of('@cf/deepgram/aura-2-en', 'text-to-speech', { 'per 1k characters': 0.03 });
export const melo = of('@cf/myshell-ai/melotts', 'text-to-speech', { 'per audio minute': 0.0002 });
export const music = of('elevenlabs/music-v2', 'music-generation', { 'per output audio second': 0.0025 });
export const universal = of('assemblyai/universal-3.5-pro', 'speech-recognition', {
  'per audio minute': 0.0035,
  'per minute (speaker diarization add-on)': 0.0003,
  'per minute (key terms add-on)': 0.00083,
  'per minute (medical add-on)': 0.0025,
});
export const nova3 = of('@cf/deepgram/nova-3', 'speech-recognition', {
  'per audio minute': 0.0052,
  'per audio minute (WebSocket)': 0.0092,
});
export const deepgramFlux = of('@cf/deepgram/flux', 'speech-recognition', { 'per audio minute (WebSocket)': 0.0077 });
