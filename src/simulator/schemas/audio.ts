/**
 * Speech, transcripts and music (cloudflare-api.md 4.4).
 */
import {
  choice,
  fileBody,
  fileNumbers,
  fileText,
  flag,
  integer,
  list,
  number,
  object,
  type Schema,
  type SchemaPair,
  strict,
  text,
} from './parts';

const rawAudio = { type: 'string', contentType: 'audio/mpeg', format: 'binary' };
const audioUrl = object({ audio: text('Address of the sound.', { format: 'uri' }) });

const auraSpeakers = ['angus', 'asteria', 'arcas', 'orion', 'orpheus', 'athena', 'luna', 'zeus', 'perseus', 'helios'];
const aura2Speakers = ['amalthea', 'andromeda', 'apollo', 'arcas', 'aries', 'asteria', 'athena', 'aurora', 'callisto'];
const aura2SpanishSpeakers = ['sirio', 'nestor', 'carina', 'celeste', 'alvaro', 'diana', 'aquila', 'selena', 'javier'];

const aura = (speakers: readonly string[], usual: string): SchemaPair => ({
  input: object(
    {
      speaker: choice('The voice.', speakers, { default: usual }),
      encoding: choice('How the sound is encoded.', ['linear16', 'flac', 'mulaw', 'alaw', 'mp3', 'opus', 'aac']),
      container: choice('How the file is wrapped.', ['none', 'wav', 'ogg']),
      text: text('What is said.'),
      sample_rate: number('Samples per second.'),
      bit_rate: number('Bits per second.'),
    },
    ['text'],
  ),
  output: rawAudio,
});

const inworld: SchemaPair = {
  input: strict(
    {
      text: text('What is said.', { minLength: 1, maxLength: 2000 }),
      voice_id: text('The voice.', { default: 'Dennis' }),
      output_format: choice('File format.', ['mp3', 'opus', 'wav', 'flac'], { default: 'mp3' }),
      temperature: number('Higher values make the voice livelier.', 0, 2, { default: 1 }),
      timestamp_type: choice('Whether moments of words come too.', ['none', 'word', 'character'], { default: 'none' }),
      speaking_rate: number('1 is natural.', 0.5, 1.5),
      sample_rate: integer('Samples per second.', 8000, 48_000),
      bit_rate: integer('Bits per second.', 32_000, 320_000),
    },
    ['text', 'voice_id', 'output_format', 'temperature', 'timestamp_type'],
  ),
  output: audioUrl,
};

const openAiSpeech: SchemaPair = {
  input: strict(
    {
      text: text('What is said.', { minLength: 1, maxLength: 4096 }),
      voice: choice('The voice.', ['alloy', 'ash', 'coral', 'echo', 'fable', 'nova', 'onyx', 'sage', 'shimmer'], {
        default: 'alloy',
      }),
      speed: number('1 is natural.', 0.25, 4, { default: 1 }),
      response_format: choice('File format.', ['mp3', 'opus', 'aac', 'flac', 'wav'], { default: 'mp3' }),
    },
    ['text', 'voice', 'speed', 'response_format'],
  ),
  output: audioUrl,
};

const minimaxSpeech: SchemaPair = {
  input: object(
    {
      text: text('What is said.', { minLength: 1, maxLength: 10_000 }),
      voice_id: text('The voice.'),
      speed: number('1 is natural.', 0.5, 2, { default: 1 }),
      volume: number('1 is usual.', 0, 10, { default: 1 }),
      pitch: integer('0 is natural.', -12, 12, { default: 0 }),
      format: choice('File format.', ['mp3', 'wav', 'flac'], { default: 'mp3' }),
    },
    ['text'],
  ),
  output: audioUrl,
};

const otherSpeech: SchemaPair = {
  input: object(
    {
      text: text('What is said.', { minLength: 1 }),
      voice_id: text('The voice.'),
      output_format: text('File format.'),
      language_code: text('Language, two letters.', { pattern: '^[a-z]{2}$' }),
    },
    ['text'],
  ),
  output: audioUrl,
};

const melo: SchemaPair = {
  input: object(
    { prompt: text('What is said.', { minLength: 1 }), lang: text('Language, two letters.', { default: 'en' }) },
    ['prompt'],
  ),
  output: object({ audio: text('MP3, base64.') }),
};

const elevenLabs: SchemaPair = {
  input: object(
    {
      text: text('What is said.', { minLength: 1, maxLength: 40_000 }),
      voice_id: text('The voice.', { default: 'JBFqnCBsd6RMkjVDRZzb' }),
      output_format: choice(
        'File format.',
        ['mp3_44100_128', 'mp3_22050_32', 'wav_24000', 'pcm_24000', 'opus_48000_64'],
        {
          default: 'mp3_44100_128',
        },
      ),
      language_code: text('Language, two letters.', { pattern: '^[a-z]{2}$' }),
      speed: number('1 is natural.', 0.7, 1.2, { default: 1 }),
    },
    ['text'],
  ),
  output: audioUrl,
};

const geminiSpeech: SchemaPair = {
  input: object(
    {
      text: text('What is said, and how.', { minLength: 1 }),
      voice: choice('The voice.', ['Zephyr', 'Puck', 'Charon', 'Kore', 'Fenrir', 'Leda', 'Orus', 'Aoede'], {
        default: 'Kore',
      }),
      language_code: text('Language, two letters.', { pattern: '^[a-z]{2}$' }),
    },
    ['text'],
  ),
  output: audioUrl,
};

const grokSpeech: SchemaPair = {
  input: object(
    {
      text: text('What is said.', { minLength: 1, maxLength: 15_000 }),
      voice_id: choice('The voice.', ['ara', 'eve', 'leo', 'rex', 'sal'], { default: 'eve' }),
      language: text('Language, two letters, or auto.', { default: 'auto' }),
      output_format: choice('File format.', ['mp3', 'wav', 'pcm'], { default: 'mp3' }),
    },
    ['text'],
  ),
  output: audioUrl,
};

const speechFamilies: readonly (readonly [RegExp, SchemaPair])[] = [
  [/aura-1/, aura(auraSpeakers, 'angus')],
  [/aura-2-es/, aura(aura2SpanishSpeakers, 'aquila')],
  [/aura-2/, aura(aura2Speakers, 'asteria')],
  [/melotts/, melo],
  [/^inworld\//, inworld],
  [/^openai\//, openAiSpeech],
  [/^minimax\//, minimaxSpeech],
  [/^elevenlabs\//, elevenLabs],
  [/^google\//, geminiSpeech],
  [/^xai\//, grokSpeech],
];

/** The schema of a text-to-speech model. */
export function speechSchema(modelId: string): SchemaPair {
  return speechFamilies.find(([pattern]) => pattern.test(modelId))?.[1] ?? otherSpeech;
}

const transcript = object({ text: text('What was said.'), word_count: { type: 'number' }, vtt: { type: 'string' } }, [
  'text',
]);
const audioBytes = fileNumbers('The recording.');
const audioBody = fileBody('The recording.');

const transcription: readonly (readonly [RegExp, Schema])[] = [
  [
    /whisper-large-v3-turbo/,
    object(
      {
        audio: { anyOf: [text('The recording, base64.'), audioBody] },
        task: choice('What to do with it.', ['transcribe', 'translate'], { default: 'transcribe' }),
        language: text('Language of the recording, two letters.'),
        vad_filter: flag('Leaves out what is no speech.', false),
        initial_prompt: text('Words that help to understand it.'),
        prefix: text('How the transcript begins.'),
        beam_size: integer('Candidates that are kept while decoding.', 1, 10, { default: 5 }),
      },
      ['audio'],
    ),
  ],
  [/whisper/, { oneOf: [{ type: 'string', format: 'binary' }, object({ audio: audioBytes }, ['audio'])] }],
  [
    /nova-3|deepgram\/flux/,
    object(
      {
        audio: audioBody,
        detect_language: flag('Finds out the language.', false),
        diarize: flag('Tells speakers apart.', false),
        punctuate: flag('Adds punctuation.', false),
        smart_format: flag('Formats numbers and dates.', false),
        utterances: flag('Splits the transcript at pauses.', false),
      },
      ['audio'],
    ),
  ],
  [
    /^assemblyai\//,
    strict(
      {
        audio_url: fileText('The recording.'),
        language_code: text('Language of the recording, two letters.', { default: 'en' }),
        keyterms_prompt: list('Words to listen for.', { type: 'string' }, { maxItems: 1000 }),
        speaker_labels: flag('Tells speakers apart.', false),
      },
      ['audio_url'],
    ),
  ],
];

const otherTranscription = object(
  {
    file: text('The recording as a data URI.', { pattern: '^data:(?:audio|video)/' }),
    language: text('Language of the recording, two letters.'),
  },
  ['file'],
);

/** The schema of a speech recognition model. */
export function transcriptionSchema(modelId: string): SchemaPair {
  const input = transcription.find(([pattern]) => pattern.test(modelId))?.[1] ?? otherTranscription;
  return { input, output: transcript };
}

/** The schema of a music model. */
export function musicSchema(modelId: string): SchemaPair {
  const prompt = text('What the music is like.', { minLength: 1, maxLength: 2000 });
  if (modelId.startsWith('cloudflare/')) {
    const input = object({ prompt, duration: integer('Seconds.', 3, 240, { default: 30 }) }, ['prompt']);
    return { input, output: audioUrl };
  }
  const input = modelId.startsWith('elevenlabs/')
    ? strict(
        {
          prompt,
          music_length_ms: integer('Milliseconds.', 3000, 600_000, { default: 30_000 }),
          force_instrumental: flag('No singing.', false),
          output_format: text('File format.', { default: 'mp3_44100_128' }),
        },
        ['prompt'],
      )
    : strict(
        {
          prompt,
          is_instrumental: flag('No singing.', false),
          lyrics_optimizer: flag('Lets the model write the words.', false),
          lyrics: text('What is sung.', { maxLength: 3500 }),
          format: choice('File format.', ['mp3', 'wav'], { default: 'mp3' }),
        },
        ['prompt', 'is_instrumental', 'lyrics_optimizer'],
      );
  return { input, output: audioUrl };
}
