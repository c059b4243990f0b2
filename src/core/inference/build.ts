/**
 * From a call to the exact HTTP request, without its credential.
 */
import { assignMedia, type Assignment } from '../catalog/assign-media';
import { inputsOf } from '../catalog/inputs';
import type { RawRequest, WarningCode, Wire } from '../run/events';
import { modelFields, withExtra } from './extra';
import { outputLimit } from './limits';
import { placedMedia, placeholder } from './media-parts';
import { metadataHeader } from './metadata';
import { ParameterReader } from './parameters';
import type { InferenceRequest } from './request';
import { FORM_DATA } from './sendable';
import { chooseWire } from './wire';
import { wireFormats } from './wires/formats';

/** Something of the call that could not be sent. */
export interface BuildWarning {
  readonly code: WarningCode;
  readonly message: string;
}

/** A request ready to be sent. */
export interface BuiltRequest {
  readonly wire: Wire;
  readonly raw: RawRequest;
  readonly warnings: readonly BuildWarning[];
}

/**
 * Builds the request. `cf-aig-gateway-id` always goes along: hosted models need it too (cloudflare-api.md 1.2).
 * The result holds no secret and no bytes of media: both are added when it is sent (`sendable.ts`).
 */
export function buildRequest(request: InferenceRequest): BuiltRequest {
  const { endpoint, model, media = [] } = request;
  const wire = chooseWire(model);
  const format = wireFormats[wire];
  const parameters = new ParameterReader(request.parameters);
  parameters.take('maxOutputTokens');
  const inputs = inputsOf(model, request.schema);
  const assigned = assignMedia(inputs.media, media);
  const file = inputs.body === 'bytes' ? fileOf(request, assigned) : undefined;
  const limit = outputLimit(model, request.parameters);
  const plain = format.body({ request, inputs, assigned, parameters, limit });
  const { body, refused } = withExtra(request, wire, plain, parameters.take('extra'), inputs.body === 'form');
  const metadata = metadataHeader(endpoint.metadata, request.runId);
  const account = encodeURIComponent(endpoint.accountId);
  const address = `${endpoint.baseUrl}/accounts/${account}/${encodePath(format.path(model.id))}`;
  return {
    wire,
    raw: {
      method: 'POST',
      url: file === undefined ? address : `${address}${queryOf(modelFields(wire, body), inputs.media[0]?.field)}`,
      headers: {
        'content-type': file?.$media.mediaType ?? (inputs.body === 'form' ? FORM_DATA : 'application/json'),
        'cf-aig-gateway-id': endpoint.gatewayId,
        ...(metadata.value !== '{}' && { 'cf-aig-metadata': metadata.value }),
      },
      body: file === undefined ? body : { ...file },
    },
    warnings: [
      ...parameters.unsupported().map((name): BuildWarning => ({
        code: 'unsupported-parameter',
        message: `${name} has no place in a request to this model and was not sent.`,
      })),
      ...refused.map((name): BuildWarning => ({
        code: 'unsupported-parameter',
        message: `${name} is filled in by the playground itself; the extra value was not sent.`,
      })),
      ...assigned.left.map((index): BuildWarning => ({
        code: 'unsupported-parameter',
        message: `${media[index]?.name ?? 'A file'} has no place in a request to this model and was not sent.`,
      })),
      ...(metadata.dropped.length > 0 ? [droppedMetadata(metadata.dropped)] : []),
    ],
  };
}

/** The file that is the body. */
function fileOf({ media = [] }: InferenceRequest, assigned: Assignment) {
  const [first] = placedMedia(assigned, media).flatMap(({ media: placed }) => placed);
  return first && placeholder(first, 'bytes');
}

/** Parameters beside a body that is a file (cloudflare-api.md 4.4 A, speech recognition): a list repeats its name. */
function queryOf(fields: Readonly<Record<string, unknown>>, fileField: string | undefined): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    if (name === fileField) continue;
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (one !== null && one !== undefined)
        query.append(name, typeof one === 'object' ? JSON.stringify(one) : `${one}`);
    }
  }
  return query.size === 0 ? '' : `?${query.toString()}`;
}

function droppedMetadata(keys: readonly string[]): BuildWarning {
  return {
    code: 'metadata-dropped',
    message: `Metadata not sent: ${keys.join(', ')}. The gateway takes five flat entries, none starting with "cf.".`,
  };
}

/** Slashes and `@` are part of a model id and stay. */
function encodePath(path: string): string {
  return path
    .split('/')
    .map((part) => encodeURIComponent(part).replaceAll('%40', '@'))
    .join('/');
}
