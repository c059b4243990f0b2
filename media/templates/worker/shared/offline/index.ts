/**
 * The Worker as it is, with a made-up AI beside it: `wrangler dev -c offline/wrangler.jsonc` needs no account.
 */
export { default } from '../src/index';
export * from './fake-ai';
