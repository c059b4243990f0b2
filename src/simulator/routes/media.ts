/**
 * Serves media by the addresses in third-party answers.
 */
import { readAddress } from '../deliver/address';
import { fileReply } from '../deliver/reply';
import { Refusal } from '../envelope';
import type { Reply, SimRequest } from '../exchange';
import { mediaFaults } from '../text/directives';
import { drawRecipe } from '../deliver/recipes';

/** Answers a GET below `mediaRoute`. No token is needed. Throws a `Refusal` (404) for an address that leads nowhere. */
export async function serveMedia({ path, query }: SimRequest): Promise<Reply> {
  const recipe = await readAddress(path, query);
  if (recipe === undefined) throw new Refusal(404, 7003, 'No such file');
  const fault = mediaFaults.find((known) => known === recipe.settings['fault']);
  return fileReply(await drawRecipe(recipe), { fault, headers: { 'cache-control': 'public, max-age=3600' } });
}
