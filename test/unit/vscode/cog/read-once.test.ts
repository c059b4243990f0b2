import { expect, it } from 'vitest';
import type { PythonFacts } from '../../../../src/core/cog-project/python-facts';
import { readOnce } from '../../../../src/vscode/cog/read-once';

it('reads a source once, as long as few others were read since', async () => {
  const asked: string[] = [];
  const read = readOnce(async (source) => {
    asked.push(source);
    return { source } as unknown as PythonFacts;
  });
  expect(await Promise.all([read('a'), read('a')])).toEqual([{ source: 'a' }, { source: 'a' }]);
  await read('b');
  await read('a');
  expect(asked).toEqual(['a', 'b']);
  for (let other = 0; other < 7; other++) await read(String(other));
  await read('a');
  expect(asked).toHaveLength(9);
  await read('b');
  expect(asked).toHaveLength(10);
});
