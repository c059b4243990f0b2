import { describe, expect, it } from 'vitest';
import { base64, dataUri, files, spokenSeconds } from './samples';
import { createAsker, jsonOf } from './support';

const { post } = createAsker();
const png = base64(files.png);
const pdf = new TextEncoder().encode('%PDF-1.7\n1 0 obj<</Type /Pages /Count 3>>\n');
const picture = { type: 'image_url', image_url: { url: dataUri('image/png', files.png) } };
const text = { type: 'text', text: 'What is this?' };
const seen = 'I was given 1 picture (PNG of 320x200 pixels)';
const ask = async (model: string, content: unknown[]): Promise<any> =>
  jsonOf(await post('/ai/v1/chat/completions', { model, messages: [{ role: 'user', content }] }));

describe('vision', () => {
  it('tells on Chat Completions what it was given: pictures, a recording, a document', async () => {
    const body = await ask('openai/gpt-4.1', [
      text,
      picture,
      { type: 'input_audio', input_audio: { data: base64(files.wav), format: 'wav' } },
      { type: 'file', file: { filename: 'a.pdf', file_data: dataUri('application/pdf', pdf) } },
    ]);
    const seconds = Number(spokenSeconds.toFixed(1));
    expect(body.choices[0].message.content).toContain(
      `${seen}, 1 recording (WAV of ${seconds} seconds) and 1 document (PDF of 3 pages).`,
    );
  });

  it('counts pictures as tokens, apart where the vendor does', async () => {
    const plain = await ask('xai/grok-4.3', [text]);
    const one = await ask('xai/grok-4.3', [text, picture]);
    const tokens = Math.round((320 * 200) / 750);
    expect(one.usage.prompt_tokens - plain.usage.prompt_tokens).toBe(tokens);
    expect(one.usage.prompt_tokens_details.image_tokens).toBe(tokens);
    expect((await ask('openai/gpt-4.1', [text, picture])).usage.prompt_tokens_details).not.toHaveProperty(
      'image_tokens',
    );
  });

  it('sees on Anthropic Messages, pictures and documents', async () => {
    const content = [
      text,
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } },
      { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: base64(pdf) } },
      { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Plain words.' } },
    ];
    const body = jsonOf(
      await post('/ai/v1/messages', {
        model: 'anthropic/claude-haiku-4.5',
        max_tokens: 900,
        messages: [{ role: 'user', content }],
      }),
    );
    expect(body.content.at(-1).text).toContain(`${seen} and 2 documents (PDF of 3 pages, PLAIN of unknown size).`);
  });

  it('sees on Responses', async () => {
    const content = [
      { type: 'input_text', text: 'What is this?' },
      { type: 'input_image', image_url: dataUri('image/png', files.png) },
      { type: 'input_file', filename: 'a.pdf', file_data: dataUri('application/pdf', pdf) },
    ];
    const body = jsonOf(
      await post('/ai/v1/responses', { model: 'openai/gpt-4.1', input: [{ role: 'user', content }] }),
    );
    expect(body.output.at(-1).content[0].text).toContain(`${seen} and 1 document (PDF of 3 pages).`);
  });

  it("sees in Gemini's own words", async () => {
    const contents = [
      { role: 'user', parts: [{ text: 'What?' }, { inlineData: { mimeType: 'image/png', data: png } }] },
    ];
    const body = jsonOf(await post('/ai/run', { model: 'google/gemini-2.5-flash', input: { contents } }));
    expect(body.result.choices[0].message.content).toContain(seen);
    expect(body.result.usage.prompt_tokens_details.image_tokens).toBeGreaterThan(0);
  });

  it.each([
    ['bytes', [...files.png]],
    ['base64', png],
  ])('sees a picture beside the prompt in Llama 3.2 Vision, as %s', async (_what, image) => {
    const path = '/ai/run/@cf/meta/llama-3.2-11b-vision-instruct';
    const messages = [{ role: 'user', content: 'What is this?' }];
    expect(jsonOf(await post(path, { prompt: 'What?', image })).result.response).toContain(seen);
    expect(jsonOf(await post(path, { messages, image })).result.response).toContain(seen);
  });

  it('answers differently to different pictures, and says nothing where there is none', async () => {
    const jpg = { type: 'image_url', image_url: { url: dataUri('image/jpeg', files.jpg) } };
    const content = async (parts: unknown[]) => (await ask('openai/gpt-4.1', parts)).choices[0].message.content;
    expect(await content([text, jpg])).toContain('JPEG of 96x128');
    expect(await content([text])).not.toContain('I was given');
    expect(await content([text, { type: 'image_url', image_url: { url: 'https://example.com/a.png' } }])).toContain(
      'unknown size',
    );
  });

  it.each<[string, unknown]>([
    ['sound for a picture', { type: 'image_url', image_url: { url: dataUri('image/png', files.wav) } }],
    ['a page for a picture', { type: 'image_url', image_url: { url: 'data:image/png,<p>' } }],
    ['an empty file', { type: 'file', file: { file_data: 'data:application/pdf;base64,' } }],
    [
      'a PDF with a password',
      { type: 'file', file: { file_data: 'data:application/pdf,%PDF-1.4 trailer<</Encrypt 5 0 R>>' } },
    ],
    ['broken base64', { type: 'image_url', image_url: { url: 'data:image/png;base64,%%' } }],
  ])('refuses %s', async (_what, part) => {
    const body = await ask('openai/gpt-4.1', [text, part]);
    expect(body).toMatchObject({ success: false, errors: [{ code: 7003 }] });
  });
});
