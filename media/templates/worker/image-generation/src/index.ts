/**
 * POST / with `{"prompt": "…"}` answers with a picture. The same prompt gives the same picture for an hour, from the
 * gateway's cache; `"fresh": true` makes a new one.
 */
import { runModel } from './ai';
import { errorResponse, InputError, readJson, requireMethod } from './http';
import { fileResponse, madeFile } from './media';
import { MODEL } from './models';
import { cacheKey, pictureCall } from './picture';

const LONGEST_PROMPT = 2000;
/** Seconds. */
const KEEP = 3600;

export default {
  async fetch(request, env): Promise<Response> {
    try {
      requireMethod(request, 'POST');
      const { prompt, fresh } = await readJson(request);
      if (typeof prompt !== 'string' || prompt.trim() === '' || prompt.length > LONGEST_PROMPT) {
        throw new InputError(`"prompt" must be a text of 1 to ${LONGEST_PROMPT} characters.`);
      }
      const { input, isStreamed } = pictureCall(MODEL, prompt);
      const answer = await runModel(env, MODEL.id, input, {
        signal: request.signal,
        gateway: isStreamed
          ? false
          : { cacheKey: await cacheKey(MODEL, prompt), cacheTtl: KEEP, skipCache: fresh === true },
      });
      return fileResponse(await madeFile(answer, 'image', request.signal));
    } catch (error) {
      return errorResponse(error);
    }
  },
} satisfies ExportedHandler<Env>;
