/**
 * Finds pictures in an answer: hosted models give base64, third-party ones mostly a URL, some a data URI
 * (cloudflare-api.md 4.4).
 */
import type { Answer } from '../answer';
import { asList, asObject, asText, type Json } from '../json';
import { openAiUsage } from '../usage';

/** Reads `{image}`, `{images:[…]}` and OpenAI's `{data:[{b64_json}|{url}]}`. False when there is no picture. */
export function readImages(body: Json, answer: Answer): boolean {
  const values = [body['image'], ...asList(body['images']), ...asList(body['data'])];
  const found = values.map(source).filter((text) => text !== undefined);
  if (found.length === 0) return false;
  answer.images.push(...found);
  answer.report(openAiUsage(body['usage']));
  answer.keySource(asObject(body['gatewayMetadata'])?.['keySource']);
  return true;
}

function source(value: unknown): string | undefined {
  const entry = asObject(value);
  return entry ? (asText(entry['url']) ?? asText(entry['b64_json'])) : asText(value);
}
