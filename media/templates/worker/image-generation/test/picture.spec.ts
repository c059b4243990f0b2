import { expect, it } from 'vitest';
import { pictureCall } from '../src/picture';

it('asks with the settings and the prompt', () => {
  const call = pictureCall({ id: '@cf/black-forest-labs/flux-1-schnell', input: { steps: 4 } }, 'a fox');
  expect(call).toEqual({ input: { steps: 4, prompt: 'a fox' }, isStreamed: false });
});

it('asks FLUX.2 with a form', async () => {
  const call = pictureCall({ id: '@cf/black-forest-labs/flux-2-dev', input: { width: 512 } }, 'a fox');
  const { body, contentType } = call.input['multipart'] as { body: ReadableStream; contentType: string };
  const form = await new Response(body, { headers: { 'content-type': contentType } }).formData();
  expect([...form]).toEqual([
    ['width', '512'],
    ['prompt', 'a fox'],
  ]);
  expect(call.isStreamed).toBe(true);
});
