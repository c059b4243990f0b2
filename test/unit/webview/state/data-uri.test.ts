import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fileOfDataUri } from '../../../../webview/state/data-uri';

const bytesOf = async (file: File | undefined) => file && Buffer.from(await file.arrayBuffer());

it('reads base64 back, whatever white space, alphabet or padding', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 1, maxLength: 60 }),
      fc.constantFrom<BufferEncoding>('base64', 'base64url'),
      fc.nat(9),
      async (bytes, alphabet, every) => {
        const data = Buffer.from(bytes).toString(alphabet);
        const spaced = every === 0 ? data : data.replace(new RegExp(`(.{${every}})`, 'g'), '$1 \r\n');
        const file = fileOfDataUri(`\n data:image/png;charset=x;base64,${spaced}\n`);
        expect(await bytesOf(file)).toEqual(Buffer.from(bytes));
        expect(file).toMatchObject({ name: 'data.png', type: 'image/png' });
      },
    ),
  );
});

it('reads percent encoding', async () => {
  expect(String(await bytesOf(fileOfDataUri('data:image/svg+xml,%3Csvg%2F%3E')))).toBe('<svg/>');
});

it.each([
  'https://example.com',
  'data:image/png;base64,',
  'data:image/png;base64,§§',
  'data:image/png;base64,A',
  'data:,%',
  'data:',
])('does not read %s', (address) => expect(fileOfDataUri(address)).toBeUndefined());

it('never throws', () => {
  fc.assert(fc.property(fc.string(), (text) => void fileOfDataUri(`data:${text}`)));
});
