import { describe, expect, it } from 'vitest';
import { chat, createAsker, jsonOf } from './support';

const { send, get } = createAsker();
const routes = {
  inference: '/client/v4/accounts/simulator/ai/v1/chat/completions',
  models: '/client/v4/accounts/simulator/ai/models/search',
  gateways: '/client/v4/accounts/simulator/ai-gateway/gateways',
  verify: '/client/v4/user/tokens/verify',
  accounts: '/client/v4/accounts',
};

describe('authentication', () => {
  it.each(Object.values(routes))('refuses %s without a token, with 401 and code 10000', async (path) => {
    const reply = await get(path, { authorization: '' });
    expect(reply.status).toBe(401);
    expect(jsonOf(reply)).toMatchObject({ success: false, result: null, errors: [{ code: 10000 }] });
  });

  it.each(Object.values(routes))('refuses %s to the token "invalid"', async (path) => {
    expect((await get(path, { authorization: 'Bearer invalid' })).status).toBe(401);
  });

  it('verifies a token that lacks Workers AI, and refuses it inference and models only', async () => {
    const headers = { authorization: 'Bearer no-workers-ai' };
    expect((await get(routes.verify, headers)).status).toBe(200);
    expect((await get(routes.gateways, headers)).status).toBe(200);
    expect((await get(routes.models, headers)).status).toBe(401);
    const reply = await send(routes.inference, { headers, body: chat('@cf/zai-org/glm-4.7-flash', 'Hi') });
    expect(jsonOf(reply).errors[0].code).toBe(10000);
  });

  it('refuses gateways, and nothing else, to a token that lacks AI Gateway', async () => {
    const headers = { authorization: 'Bearer no-ai-gateway' };
    expect((await get(routes.gateways, headers)).status).toBe(403);
    expect((await get(routes.models, headers)).status).toBe(200);
  });

  it('names the account, and two of them to the token "two-accounts"', async () => {
    expect(jsonOf(await get(routes.accounts)).result).toMatchObject([{ id: 'simulator' }]);
    expect(jsonOf(await get(routes.accounts, { authorization: 'Bearer two-accounts' })).result).toHaveLength(2);
  });

  it('answers unknown routes with 404 in an envelope', async () => {
    for (const path of ['/client/v4/nowhere', '/elsewhere', `${routes.models}/more`]) {
      const reply = await get(path);
      expect(reply.status).toBe(404);
      expect(jsonOf(reply).success).toBe(false);
    }
  });
});
