/**
 * Runs the image of the model in Cloudflare Containers, and passes requests on to Cog's own API.
 */
import { Container, getRandom } from '@cloudflare/containers';

/** As many as `max_instances` in wrangler.jsonc. */
const INSTANCES = 2;

/** Cog's server listens on port 5000 of the container. */
export class CogModel extends Container<Env> {
  override defaultPort = 5000;
  /** A container that sleeps starts anew with the next request, `setup()` included. */
  override sleepAfter = '10m';
}

export default {
  async fetch(request, env): Promise<Response> {
    const container = await getRandom(env.MODEL, INSTANCES);
    return container.fetch(request);
  },
} satisfies ExportedHandler<Env>;
