/**
 * What requests need that are built to be read and are never sent.
 */
import type { InferenceRequest, RequestMedia } from '../inference/request';
import type { MediaKind } from '../media/media';

/** Where it is sent over REST does not matter: the binding names model, input and gateway alone. */
export function unsent(gatewayId: string): Pick<InferenceRequest, 'runId' | 'endpoint' | 'policy'> {
  return {
    runId: '',
    endpoint: { baseUrl: 'https://api.cloudflare.com/client/v4', accountId: '', token: '', gatewayId, metadata: {} },
    policy: { firstTokenTimeout: 0, idleTimeout: 0, maxAttempts: 1 },
  };
}

function sample(kind: MediaKind, mediaType: string, name: string): Omit<RequestMedia, 'role'> {
  return { kind, mediaType, name, bytes: new Uint8Array() };
}

/** A file of each kind, without bytes. */
export const sampleMedia: Readonly<Record<MediaKind, Omit<RequestMedia, 'role'>>> = {
  image: sample('image', 'image/png', 'picture.png'),
  audio: sample('audio', 'audio/wav', 'recording.wav'),
  video: sample('video', 'video/mp4', 'video.mp4'),
  file: sample('file', 'application/pdf', 'document.pdf'),
};
