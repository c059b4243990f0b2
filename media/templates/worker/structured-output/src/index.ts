/**
 * POST / with `{"text": "…"}` answers `{"event": {…}, "attempts": 1}`: an event read out of the text, in exactly the
 * fields of `event.ts`.
 */
import { runModel } from './ai';
import { Event, INSTRUCTIONS } from './event';
import { errorResponse, InputError, readJson, requireMethod } from './http';
import { MODEL } from './models';
import { structured } from './structured';

const LONGEST_TEXT = 10_000;

export default {
  async fetch(request, env): Promise<Response> {
    try {
      requireMethod(request, 'POST');
      const { text } = await readJson(request);
      if (typeof text !== 'string' || text.trim() === '' || text.length > LONGEST_TEXT) {
        throw new InputError(`"text" must be a text of 1 to ${LONGEST_TEXT} characters.`);
      }
      const { value, attempts } = await structured(MODEL, Event, INSTRUCTIONS, text, (input) =>
        runModel(env, MODEL.id, { ...MODEL.input, ...input }, { signal: request.signal }),
      );
      return Response.json({ event: value, attempts });
    } catch (error) {
      return errorResponse(error);
    }
  },
} satisfies ExportedHandler<Env>;
