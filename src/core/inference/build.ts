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
import type { Endpoint, InferenceRequest, OwnEndpoint } from './request';
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
 * Builds the request. `cf-aig-gateway-id` always goes along to Cloudflare: hosted models need it too (cloudflare-api.md 1.2).
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
  const path = encodePath(format.path(model.id));
  const { base, headers, dropped } =
    endpoint.kind === 'own' ? ownPlace(request, endpoint) : gatewayPlace(request, endpoint);
  const address = `${base}/${path}`;
  return {
    wire,
    raw: {
      method: 'POST',
      url: file === undefined ? address : `${address}${queryOf(modelFields(wire, body), inputs.media[0]?.field)}`,
      headers: {
        'content-type': file?.$media.mediaType ?? (inputs.body === 'form' ? FORM_DATA : 'application/json'),
        ...headers,
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
      ...(dropped.length > 0 ? [droppedMetadata(dropped)] : []),
    ],
  };
}

/** The content type of an answer that comes in events. */
export const EVENT_STREAM = 'text/event-stream';

/** Where a request goes, and what goes along for that. */
interface Place {
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Keys of metadata that the gateway would refuse. */
  readonly dropped: readonly string[];
}

function gatewayPlace({ runId }: InferenceRequest, { baseUrl, accountId, gatewayId, metadata }: Endpoint): Place {
  const { value, dropped } = metadataHeader(metadata, runId);
  return {
    base: `${baseUrl}/accounts/${encodeURIComponent(accountId)}`,
    headers: { 'cf-aig-gateway-id': gatewayId, ...(value !== '{}' && { 'cf-aig-metadata': value }) },
    dropped,
  };
}

/** Events are asked for only where the model streams: others answer HTTP 406. */
function ownPlace({ model }: InferenceRequest, { baseUrl }: OwnEndpoint): Place {
  const accept = model.capabilities.includes('streaming') ? EVENT_STREAM : 'application/json';
  return { base: baseUrl, headers: { accept }, dropped: [] };
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
