import { describe, expect, it } from 'vitest';
import { checkInputs, usedAttachments, type Fed } from '../../../src/app/input-check';
import type { Model, Task } from '../../../src/core/catalog/model';
import type { Attachment, AttachmentRole, MediaKind } from '../../../src/core/media/media';
import { model } from '../../fakes/ports';

const fed = (id: string, task: Task, more: Partial<Model> = {}): Fed => ({
  model: model(id, {
    task,
    name: id,
    requestFormats: [],
    hosting: id.startsWith('@') ? 'hosted' : 'third-party',
    ...more,
  }),
  schema: undefined,
});
const attached = (kind: MediaKind, name: string, role: AttachmentRole = 'input'): Attachment => ({
  media: { kind, mediaType: `${kind}/x`, file: `${'0'.repeat(64)}.bin`, byteLength: 1 },
  name,
  role,
});
const plan = (more: object = {}) => ({ prompt: 'Hi', system: '', columns: [], ...more });

const chat = fed('openai/seeing', 'text-generation', {
  capabilities: ['vision'],
  requestFormats: ['chat-completions'],
});
const painter = fed('@cf/black-forest-labs/flux-1-schnell', 'text-to-image');
const hearer = fed('@cf/openai/whisper', 'speech-recognition');
const mover = fed('alibaba/wan-2.7-i2v', 'image-to-video');
const ranker = fed('@cf/baai/bge-reranker-base', 'reranking');
const embedder = fed('@cf/baai/bge-base-en-v1.5', 'embeddings');

describe('what a column cannot do without', () => {
  it('is named with the column that needs it', () => {
    expect(() => checkInputs([chat, mover], plan())).toThrow('alibaba/wan-2.7-i2v needs a picture. Attach it first.');
    expect(() => checkInputs([hearer], plan({ prompt: '' }))).toThrow('@cf/openai/whisper needs a recording.');
    expect(() => checkInputs([ranker], plan())).toThrow('Add at least one document.');
    expect(() => checkInputs([painter], plan({ prompt: ' \n' }))).toThrow('There is no prompt. Type one first.');
  });

  it('is no prompt where there is none to give', () => {
    const recording = { prompt: '', attachments: [attached('audio', 'a.wav')] };
    expect(() => checkInputs([hearer], plan(recording))).not.toThrow();
    expect(() => checkInputs([embedder], plan({ prompt: '', texts: ['one'] }))).not.toThrow();
    expect(() => checkInputs([embedder], plan({ prompt: '', texts: [' '] }))).toThrow('no prompt');
  });
});

describe('what a column has no place for', () => {
  it('is refused when another column takes it: the comparison would not be one', () => {
    const attachments = [attached('image', 'cat.png')];
    expect(() => checkInputs([chat, painter], plan({ attachments }))).toThrow(
      '@cf/black-forest-labs/flux-1-schnell has no place for pictures: remove cat.png or the column.',
    );
    expect(() => checkInputs([chat], plan({ attachments }))).not.toThrow();
  });

  it('is left out when no column takes it: it belongs to another task', () => {
    const attachments = [attached('audio', 'a.wav'), attached('image', 'cat.png', 'mask')];
    expect(() => checkInputs([painter], plan({ attachments }))).not.toThrow();
    expect(usedAttachments(painter, attachments)).toEqual([]);
  });

  it('is more than it takes', () => {
    const attachments = [attached('audio', 'a.wav'), attached('audio', 'b.wav')];
    // Nothing takes the second, so it is left out; a column that takes both makes it a surplus.
    expect(usedAttachments(hearer, attachments)).toEqual([0]);
    const hundred = Array.from({ length: 100 }, (_, index) => `text ${index}`);
    expect(() => checkInputs([embedder], plan({ texts: hundred }))).toThrow('At most 100 texts');
    expect(() => checkInputs([chat], plan({ attachments: Array(21).fill(attached('image', 'x')) }))).toThrow(
      'At most 20',
    );
  });
});
