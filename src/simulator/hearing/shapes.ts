/**
 * A transcript in the words of each family (cloudflare-api.md 4.4, 1.5).
 */
import type { Fields } from '../fields';
import { hash } from '../random';
import { countTokens } from '../tokens';
import type { Heard } from './hear';
import { segmentsOf, vttOf } from './subtitles';

/** Whisper: words with seconds. */
export function whisper({ text, words }: Heard): Record<string, unknown> {
  const plain = words.map(({ word, start, end }) => ({ word, start, end }));
  return { text, word_count: words.length, words: plain, vtt: vttOf(words) };
}

/** Whisper large v3 turbo: segments, and facts of the recording. */
export function whisperTurbo({ text, words, seconds }: Heard, fields: Fields): Record<string, unknown> {
  return {
    transcription_info: {
      language: fields.string('language') ?? 'en',
      language_probability: 0.98,
      duration: seconds,
      duration_after_vad: seconds,
    },
    text,
    word_count: words.length,
    segments: segmentsOf(words).map((segment) => ({
      start: segment.start,
      end: segment.end,
      text: segment.text,
      temperature: 0,
      avg_logprob: -0.2,
      compression_ratio: 1.2,
      no_speech_prob: 0.01,
      words: segment.words.map(({ word, start, end }) => ({ word, start, end })),
    })),
    vtt: vttOf(words),
  };
}

/** Deepgram: channels of alternatives; punctuation, speakers and utterances only when asked. */
export function deepgram({ words, seconds }: Heard, fields: Fields): Record<string, unknown> {
  const wants = (name: string): boolean => fields.raw(name) === true;
  const punctuates = wants('punctuate') || wants('smart_format');
  const bare = (word: string): string => word.toLowerCase().replace(/^\W+|\W+$/gu, '');
  const shown = (word: string): string => (punctuates ? word : bare(word));
  const transcript = (part: Heard['words']): string => part.map(({ word }) => shown(word)).join(' ');
  const listed = (part: Heard['words']): unknown[] =>
    part.map(({ word, start, end, confidence, speaker }) => ({
      word: bare(word),
      start,
      end,
      confidence,
      ...(punctuates && { punctuated_word: word }),
      ...(wants('diarize') && { speaker, speaker_confidence: 0.8 }),
    }));
  const utterances = segmentsOf(words).map(({ start, end, words: part }) => ({
    start,
    end,
    confidence: 0.97,
    channel: 0,
    transcript: transcript(part),
    words: listed(part),
    ...(wants('diarize') && { speaker: part[0]?.speaker ?? 0 }),
  }));
  return {
    metadata: { request_id: idOf(words), duration: seconds, channels: 1 },
    results: {
      channels: [
        {
          alternatives: [{ transcript: transcript(words), confidence: 0.97, words: listed(words) }],
          ...(wants('detect_language') && { detected_language: 'en', language_confidence: 0.99 }),
        },
      ],
      ...(wants('utterances') && { utterances }),
    },
  };
}

/** AssemblyAI: milliseconds, and speakers named A and B when asked. */
export function assemblyAi({ text, words, seconds }: Heard, fields: Fields): Record<string, unknown> {
  const labels = fields.raw('speaker_labels') === true;
  const milliseconds = (value: number): number => Math.round(value * 1000);
  return {
    id: idOf(words),
    status: 'completed',
    language_code: fields.string('language_code') ?? 'en',
    text,
    words: words.map(({ word, start, end, confidence, speaker }) => ({
      text: word,
      start: milliseconds(start),
      end: milliseconds(end),
      confidence,
      speaker: labels ? 'AB'.charAt(speaker) : null,
    })),
    confidence: 0.97,
    audio_duration: Math.round(seconds),
  };
}

/** OpenAI: the text alone, with tokens. */
export function openAi({ text, seconds }: Heard): Record<string, unknown> {
  const audio = Math.round(seconds * 10);
  const output = countTokens(text);
  return {
    text,
    usage: {
      type: 'tokens',
      input_tokens: audio,
      input_token_details: { text_tokens: 0, audio_tokens: audio },
      output_tokens: output,
      total_tokens: audio + output,
    },
  };
}

/** xAI: words with seconds. */
export function xai({ text, words, seconds }: Heard, fields: Fields): Record<string, unknown> {
  const plain = words.map(({ word, start, end }) => ({ text: word, start, end }));
  return { text, language: fields.string('language') ?? 'en', duration: seconds, words: plain };
}

function idOf(words: Heard['words']): string {
  return `sim-${hash(words.map(({ word }) => word).join(' '))
    .toString(16)
    .padStart(8, '0')}`;
}
