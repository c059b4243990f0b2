import { expect, it } from 'vitest';
import { isOfflineConfig, offlineConfig, offlineDevArguments } from '../../../../../src/core/scaffold/worker/offline';
import { describeConfigs } from '../../../../../src/core/scaffold/wrangler/find-configs';
import { fakeFiles } from '../fake-files';

const config = offlineConfig({
  name: 'chat',
  compatibilityDate: '2026-10-06',
  vars: { AI_GATEWAY_ID: 'default' },
  fakes: [
    { binding: 'MODELS', entrypoint: 'FakeAi' },
    { binding: 'VECTORIZE', entrypoint: 'FakeVectorize' },
  ],
});

it('binds the fakes of the same Worker under the names of the real ones', () => {
  expect(config['services']).toEqual([
    { binding: 'MODELS', service: 'chat-offline', entrypoint: 'FakeAi' },
    { binding: 'VECTORIZE', service: 'chat-offline', entrypoint: 'FakeVectorize' },
  ]);
  expect(config['name']).toBe('chat-offline');
});

it('has nothing that would need an account', () => {
  expect(config).not.toHaveProperty('ai');
  expect(config).not.toHaveProperty('vectorize');
});

it('keeps what the Worker reads, and lets signals through to the fake', () => {
  expect(config).toMatchObject({ vars: { AI_GATEWAY_ID: 'default' }, compatibility_date: '2026-10-06' });
  expect(config['compatibility_flags']).toContain('enable_abortsignal_rpc');
});

it('is named on the command line, so that no other configuration wins', () => {
  expect(offlineDevArguments('wrangler.jsonc')).toBe('wrangler dev -c offline/wrangler.jsonc');
});

it('is not offered as a Worker that wants an AI binding', async () => {
  const files = {
    'wrangler.jsonc': '{ "name": "chat" }',
    'offline/wrangler.jsonc': JSON.stringify(config),
    'apps/offline/wrangler.jsonc': '{ "name": "offline", "services": [{ "binding": "B", "service": "other" }] }',
  };
  const found = await describeConfigs(fakeFiles(files), Object.keys(files));
  expect(found.map(({ path }) => path)).toEqual(['wrangler.jsonc', 'apps/offline/wrangler.jsonc']);
});

it.each([{}, { services: {} }, { services: [null] }, { services: [{}] }, { name: 1, services: ['x'] }])(
  'is told from other data: %j',
  (data) => {
    expect(isOfflineConfig('offline/wrangler.toml', data)).toBe(false);
  },
);
