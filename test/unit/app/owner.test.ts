import { describe, expect, it } from 'vitest';
import { ownerOf } from '../../../src/app/owner';
import { fakePorts } from '../../fakes/ports';

const settings = fakePorts().settings.get();

describe('whose money it is', () => {
  it('is the simulator’s, whatever account is set', () => {
    expect(ownerOf({ ...settings, connection: 'simulator', accountId: 'acc' })).toBe('simulator');
  });

  it('is that of an account at an origin: another spelling of the address is no other account', () => {
    const real = { ...settings, connection: 'cloudflare', accountId: 'acc' } as const;
    const owner = ownerOf({ ...real, apiBaseUrl: 'https://api.example/client/v4' });
    expect(ownerOf({ ...real, apiBaseUrl: 'https://API.example:443/client/v4/' })).toBe(owner);
    expect(ownerOf({ ...real, accountId: 'other' })).not.toBe(owner);
    expect(ownerOf({ ...real, apiBaseUrl: 'http://127.0.0.1:1/client/v4' })).not.toBe(owner);
    expect(ownerOf({ ...real, apiBaseUrl: 'no address' })).not.toBe(owner);
  });
});
