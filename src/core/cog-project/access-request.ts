/**
 * The request for a model of one's own on Workers AI, with everything that the project says filled in.
 */
import { sizeLine } from './hand-over';
import type { ModelFacts } from './model-facts';

/** The text. What only people know stands in brackets. */
export function accessRequest(model: ModelFacts, image: string): string {
  const { name, task, frameworks, pythonVersion, hasGpu, cuda, isStreaming } = model;
  const hardware = hasGpu ? `NVIDIA GPU${cuda === undefined ? '' : `, CUDA ${cuda}`}; [memory it needs]` : 'CPU only';
  const lines: readonly (readonly [string, string])[] = [
    ['Model', name],
    ['Packaged with', `Cog, image ${image} (linux/amd64)`],
    ['Task', task ?? '[what goes in, what comes out]'],
    ['Framework', frameworks.length > 0 ? frameworks.join(', ') : '[none found in the requirements]'],
    ['Python', pythonVersion ?? '[version]'],
    ['Hardware', hardware],
    ['Image size', `[in bytes, by: ${sizeLine(image)}]`],
    ['Streaming output', isStreaming === undefined ? '[yes or no]' : isStreaming ? 'yes' : 'no'],
    ['Weights', '[where they come from, size, licence]'],
    ['Traffic', '[requests a day, at most a second, longest time that is fine]'],
    ['Account', '[Cloudflare account id and plan]'],
    ['Contact', '[name, company, e-mail]'],
  ];
  return `Request: custom model on Workers AI\n\n${lines.map(([label, value]) => `${label}: ${value}\n`).join('')}`;
}
