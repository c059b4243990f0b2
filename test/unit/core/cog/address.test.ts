import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressProblem } from '../../../../src/core/cog/address';

describe('addressProblem', () => {
  it.each([
    ['http://127.0.0.1:5000', undefined],
    ['http://127.1:5000', undefined],
    ['http://localhost', undefined],
    ['http://model.localhost:8393/', undefined],
    ['http://[::1]:5000', undefined],
    ['https://127.0.0.1:5000/a/b', undefined],
    ['https://models.example/cog', 'needs-confirmation'],
    ['http://models.example', 'needs-https'],
    ['http://192.168.1.5:5000', 'needs-https'],
    ['http://0.0.0.0:5000', 'needs-https'],
    ['http://127.0.0.1.example', 'needs-https'],
    ['http://localhost.example', 'needs-https'],
    ['http://me:secret@localhost:5000', 'has-credentials'],
    ['https://me@models.example', 'has-credentials'],
    ['http://127.0.0.1:5000/?a=1', 'not-a-url'],
    ['http://127.0.0.1:5000/#a', 'not-a-url'],
    ['http://127.0.0.1:0', 'not-a-url'],
    ['ftp://127.0.0.1', 'not-a-url'],
    ['javascript:alert(1)', 'not-a-url'],
    ['127.0.0.1:5000', 'not-a-url'],
    ['', 'not-a-url'],
  ])('%s → %s', (address, problem) => {
    expect(addressProblem(address)).toBe(problem);
  });

  it('lets nothing but this machine be spoken to in the clear', () => {
    fc.assert(
      fc.property(fc.domain(), (domain) => {
        expect(addressProblem(`http://${domain}`)).toBe('needs-https');
      }),
    );
  });
});
