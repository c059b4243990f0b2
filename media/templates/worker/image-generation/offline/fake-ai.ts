/**
 * Stands in for the AI binding: draws the words of the prompt.
 */
import { WorkerEntrypoint } from 'cloudflare:workers';

export class FakeAi extends WorkerEntrypoint {
  async run(model: string, input: Record<string, unknown>): Promise<unknown> {
    const { prompt = await promptOfForm(input['multipart']) } = input;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" font-family="sans-serif" text-anchor="middle">
  <rect width="512" height="512" fill="#f6821f"/>
  <text x="256" y="256" font-size="24" fill="#fff">${escaped(String(prompt))}</text>
  <text x="256" y="490" font-size="14" fill="#fff">${escaped(model)}, offline</text>
</svg>`;
    return { image: btoa(String.fromCharCode(...new TextEncoder().encode(svg))) };
  }
}

async function promptOfForm(multipart: unknown): Promise<unknown> {
  const { body, contentType } = multipart as { readonly body: ReadableStream; readonly contentType: string };
  const form = await new Response(body, { headers: { 'content-type': contentType } }).formData();
  return form.get('prompt');
}

function escaped(text: string): string {
  return text.replace(/[<>&]/g, (character) => `&#${character.charCodeAt(0)};`);
}
