/**
 * POST / with the model's input as JSON answers with its output: JSON, or the bytes of a stream as they come.
 */
import { errorResponse, readJson, requireMethod } from './http';
import { callModel } from './model';

export default {
  async fetch(request, env): Promise<Response> {
    try {
      requireMethod(request, 'POST');
      const input = await readJson(request);
      const output = await callModel(env, input, request.signal);
      if (!(output instanceof ReadableStream)) return Response.json(output ?? null);
      return new Response(output, {
        headers: {
          'content-type': input['stream'] === true ? 'text/event-stream' : 'application/octet-stream',
          // Whatever compresses on the way would hold events back.
          'cache-control': 'no-cache, no-transform',
        },
      });
    } catch (error) {
      return errorResponse(error);
    }
  },
} satisfies ExportedHandler<Env>;
