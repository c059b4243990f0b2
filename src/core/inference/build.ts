/**
 * From a call to the exact HTTP request, without its credential.
 */
import type { RawRequest, WarningCode, Wire } from '../run/events';
import { withExtra } from './extra';
import { outputLimit } from './limits';
import { metadataHeader } from './metadata';
import { ParameterReader } from './parameters';
import type { InferenceRequest } from './request';
import { chooseWire } from './wire';
import { wireFormats } from './wires/formats';
import { wantsFormData } from './wires/image-input';

/** The content type of a body that is sent as a form: its fields are those of `RawRequest.body`. */
export const FORM_DATA = 'multipart/form-data';

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
 * The result holds no secret; the client adds `authorization` when it sends.
 */
export function buildRequest(request: InferenceRequest): BuiltRequest {
  const { endpoint, model } = request;
  const wire = chooseWire(model);
  const format = wireFormats[wire];
  const parameters = new ParameterReader(request.parameters);
  parameters.take('maxOutputTokens');
  const isForm = wire === 'run-model' && wantsFormData(model.id);
  const plain = format.body({ request, parameters, limit: outputLimit(model, request.parameters) });
  const { body, refused } = withExtra(wire, plain, parameters.take('extra'), isForm);
  const metadata = metadataHeader(endpoint.metadata, request.runId);
  const account = encodeURIComponent(endpoint.accountId);
  return {
    wire,
    raw: {
      method: 'POST',
      url: `${endpoint.baseUrl}/accounts/${account}/${encodePath(format.path(model.id))}`,
      headers: {
        'content-type': isForm ? FORM_DATA : 'application/json',
        'cf-aig-gateway-id': endpoint.gatewayId,
        'cf-aig-metadata': metadata.value,
      },
      body,
    },
    warnings: [
      ...parameters.unsupported().map((name): BuildWarning => ({
        code: 'unsupported-parameter',
        message: `${name} has no place in a ${wire} request to ${model.id} and was not sent.`,
      })),
      ...refused.map((name): BuildWarning => ({
        code: 'unsupported-parameter',
        message: `${name} is filled in by the playground itself; the extra value was not sent.`,
      })),
      ...(metadata.dropped.length > 0 ? [droppedMetadata(metadata.dropped)] : []),
    ],
  };
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
