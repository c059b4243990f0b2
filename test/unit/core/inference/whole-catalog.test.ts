/**
 * Every model of the bundle, asked with its own schema as the simulator publishes it: the request fits the schema.
 */
import { describe, expect, it } from 'vitest';
import bundle from '../../../../media/catalog.json';
import { formOf } from '../../../../src/core/catalog/form';
import { sentParameters } from '../../../../src/core/catalog/form-sent';
import { inputsOf } from '../../../../src/core/catalog/inputs';
import type { Model } from '../../../../src/core/catalog/model';
import { taskInputs } from '../../../../src/core/catalog/task-inputs';
import { buildRequest } from '../../../../src/core/inference/build';
import type { RequestMedia } from '../../../../src/core/inference/request';
import { sendable } from '../../../../src/core/inference/sendable';
import type { MediaKind } from '../../../../src/core/media/media';
import { simulate } from '../../../../src/simulator/models';
import { problemOf } from '../../../../src/simulator/schemas/check';
import { schemaOf } from '../../../../src/simulator/schemas/schema-of';
import { requestTo } from './support';

const models = (bundle as unknown as { models: readonly Model[] }).models.filter(({ task }) => task !== 'realtime');
const types: Readonly<Record<MediaKind, string>> = {
  image: 'image/png',
  audio: 'audio/wav',
  video: 'video/mp4',
  file: 'application/pdf',
};

describe.each(models.map((model) => [model.id, model] as const))('%s', (_id, model) => {
  const schema = schemaOf(simulate(model));
  const inputs = inputsOf(model, schema);
  const media = inputs.media
    .filter(({ least }) => least > 0)
    .flatMap(({ kind, role, least }) =>
      Array.from({ length: least }, (): RequestMedia => {
        const bytes = Uint8Array.of(1, 2, 3);
        return { kind, role, bytes, mediaType: types[kind], name: `a.${kind}` };
      }),
    );
  const parameters = sentParameters(model, formOf(model, schema), {}, schema);
  // What a user must choose.
  const missing = Object.fromEntries(
    formOf(model, schema)
      .filter((field) => field.required && field.default === undefined)
      .map(({ wireName, choices, min }) => [wireName, choices?.[0] ?? min ?? 'fr']),
  );
  const request = requestTo(model, {
    model,
    media,
    texts: taskInputs(model.task).texts ? ['One', 'Two'] : [],
    parameters: { ...parameters, extra: { ...parameters.extra, ...missing } },
    ...(schema && { schema }),
  });

  it('is asked in the words of its schema, and the whole prompt and all media go along', async () => {
    const { raw, wire, warnings } = buildRequest(request);
    expect(warnings).toEqual([]);
    expect(JSON.stringify(raw)).not.toContain('[1,2,3]');
    const { body } = sendable(raw, 'token', media);
    const text = typeof body === 'string' ? body : await new Response(body ?? null).text();
    if (taskInputs(model.task).prompt === 'required') expect(text).toContain('Hello');
    for (const { needs } of [taskInputs(model.task)]) {
      for (const kind of needs) expect(media.some((one) => one.kind === kind)).toBe(true);
    }
    if (inputs.body !== 'json' || schema === undefined || (wire !== 'run' && wire !== 'run-model')) return;
    const sent = JSON.parse(text) as Record<string, unknown>;
    expect(problemOf(schema.input, wire === 'run' ? sent['input'] : sent)).toBeUndefined();
  });
});
