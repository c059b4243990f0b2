/**
 * POST /transcribe with a recording as the body answers `{"text": "…"}`; POST /speak with `{"text": "…"}` answers with
 * sound.
 */
import { runModel } from './ai';
import { errorResponse, InputError, readJson, requireMethod } from './http';
import { fileResponse, madeFile } from './media';
import { SPEECH, TRANSCRIPTION } from './models';
import { transcriptionCall, transcriptOf } from './transcription';

/** Bytes. A Worker has 128 MB, and some models want the recording as a list of numbers. */
const LARGEST_RECORDING = 4 * 1024 * 1024;
const LONGEST_TEXT = 2000;

export default {
  async fetch(request, env): Promise<Response> {
    try {
      switch (new URL(request.url).pathname) {
        case '/transcribe':
          return await transcribe(request, env);
        case '/speak':
          return await speak(request, env);
        default:
          throw new InputError('There are /transcribe and /speak.', 404);
      }
    } catch (error) {
      return errorResponse(error);
    }
  },
} satisfies ExportedHandler<Env>;

async function transcribe(request: Request, env: Env): Promise<Response> {
  requireMethod(request, 'POST');
  const type = request.headers.get('content-type') ?? '';
  if (!/^(?:audio|video)\//.test(type))
    throw new InputError('The content-type must be that of a recording, such as audio/wav.', 415);
  const recording = await readBytes(request);
  const { input, isStreamed } = transcriptionCall(TRANSCRIPTION, recording, type);
  const answer = await runModel(env, TRANSCRIPTION.id, input, {
    signal: request.signal,
    ...(isStreamed && { gateway: false }),
  });
  return Response.json({ text: transcriptOf(answer) });
}

/** Stops reading as soon as it is too much. */
async function readBytes(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > LARGEST_RECORDING) throw new InputError(`A recording may have ${LARGEST_RECORDING} bytes.`, 413);
  }
  if (length === 0) throw new InputError('The body must be a recording.');
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

async function speak(request: Request, env: Env): Promise<Response> {
  requireMethod(request, 'POST');
  const { text } = await readJson(request);
  if (typeof text !== 'string' || text.trim() === '' || text.length > LONGEST_TEXT) {
    throw new InputError(`"text" must be a text of 1 to ${LONGEST_TEXT} characters.`);
  }
  // MeloTTS calls it a prompt.
  const field = SPEECH.id.includes('melotts') ? 'prompt' : 'text';
  const answer = await runModel(env, SPEECH.id, { ...SPEECH.input, [field]: text }, { signal: request.signal });
  return fileResponse(await madeFile(answer, 'audio', request.signal));
}
