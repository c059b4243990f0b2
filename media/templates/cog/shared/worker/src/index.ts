/**
 * Calls the model: on Workers AI by its id, or a server of Cog by its address. The body of the request is the model's input.
 */
export default {
  async fetch(request, env): Promise<Response> {
    if (request.method !== 'POST') return problem(405, 'POST the input of the model as JSON.');
    const input = await inputOf(request);
    if (input === undefined) return problem(400, 'The body must be a JSON object: the input of the model.');
    try {
      return env.MODEL_ID === ''
        ? await askServer(env.MODEL_URL, input, request)
        : await askWorkersAi(env, input, request);
    } catch (error) {
      if (request.signal.aborted) return problem(408, 'The client left.');
      console.error(error);
      return problem(502, 'The model could not be asked. The log of the Worker says why.');
    }
  },
} satisfies ExportedHandler<Env>;

type Input = Record<string, unknown>;

async function inputOf(request: Request): Promise<Input | undefined> {
  const body: unknown = await request.json().catch(() => undefined);
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Input) : undefined;
}

/** An id of one's own is in no list of models: the binding's types do not know it. */
async function askWorkersAi(env: Env, input: Input, request: Request): Promise<Response> {
  const run = env.AI.run.bind(env.AI) as unknown as (model: string, input: Input, options: object) => Promise<unknown>;
  const answer = await run(env.MODEL_ID, input, { signal: request.signal });
  return answer instanceof ReadableStream
    ? new Response(answer, { headers: { 'content-type': 'text/event-stream' } })
    : Response.json(answer);
}

/** Cog takes `{input}` at /predictions. What it answers goes through as it comes, a stream too. */
async function askServer(url: string, input: Input, request: Request): Promise<Response> {
  const answer = await fetch(`${url}/predictions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: request.headers.get('accept') ?? 'application/json' },
    body: JSON.stringify({ input }),
    signal: request.signal,
  });
  const type = answer.headers.get('content-type') ?? 'application/json';
  return new Response(answer.body, { status: answer.status, headers: { 'content-type': type } });
}

function problem(status: number, message: string): Response {
  return Response.json({ error: { message } }, { status });
}
