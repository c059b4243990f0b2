import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imagePart, parseImageName } from '../../../../src/core/cog-project/image-name';

describe('names of images', () => {
  it.each([
    ['my-model', { path: 'my-model' }],
    ['my-model:v1', { path: 'my-model', tag: 'v1' }],
    ['me/my_model:V1.2-rc', { path: 'me/my_model', tag: 'V1.2-rc' }],
    ['ghcr.io/me/team/model:latest', { host: 'ghcr.io', path: 'me/team/model', tag: 'latest' }],
    ['localhost:5000/model', { host: 'localhost:5000', path: 'model' }],
    ['localhost/model', { host: 'localhost', path: 'model' }],
    ['registry:5000/model', { host: 'registry:5000', path: 'model' }],
  ])('reads %s', (text, name) => {
    expect(parseImageName(text)).toEqual(name);
  });

  it.each([
    ...['', ' ', 'My-Model', 'a b', 'a:b:c', 'a:', ':v1', '/a', 'a/', 'a//b', '-a', 'a-', 'a..b', 'a___b', 'ä'],
    ...['a:.tag', `a:${'x'.repeat(129)}`, 'x'.repeat(256), 'a@sha256:00', 'https://ghcr.io/me/model', 'ghcr.io/'],
    ...['a;rm -rf /', 'a$(id)', 'a`id`', "a'b", 'a"b', 'a&b', 'a|b', 'a\nb', 'a*', '..\\a', '%PATH%', '$HOME/a'],
  ])('refuses %j', (text) => {
    expect(parseImageName(text)).toBeUndefined();
  });

  it('mean the same to every shell when they are taken', () => {
    const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[a-zA-Z0-9./:_@$"' \\-]*$/));
    fc.assert(
      fc.property(texts, (text) => {
        if (parseImageName(text) !== undefined) expect(text).toMatch(/^[A-Za-z0-9][A-Za-z0-9._/:-]*$/);
      }),
      { numRuns: 2000 },
    );
  });

  it('can be made of any text', () => {
    expect(imagePart('My Model (v2)')).toBe('my-model-v2');
    expect(imagePart('Größe')).toBe('gro-e');
    expect(imagePart('模型')).toBe('cog-model');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parseImageName(imagePart(text))).toEqual({ path: imagePart(text) });
      }),
    );
  });
});
