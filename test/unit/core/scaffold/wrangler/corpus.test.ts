/** Configurations as people write them: each with what becomes of it, to be read by eye (`test/fixtures/wrangler`). */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { planAiBinding } from '../../../../../src/core/scaffold/wrangler/add-ai-binding';
import { parseConfig } from '../../../../../src/core/scaffold/wrangler/parse-config';
import { applied, fakeFiles } from '../fake-files';

const folder = path.resolve(import.meta.dirname, '../../../../fixtures/wrangler');
const names = readdirSync(folder).filter((name) => /\.(?:jsonc?|toml)$/.test(name));

describe('the corpus', () => {
  it('is large enough to mean something', () => expect(names.length).toBeGreaterThanOrEqual(30));

  it.each(names)('%s', async (name) => {
    const format = path.extname(name).slice(1) as 'json' | 'jsonc' | 'toml';
    const config = `wrangler.${format}`;
    const before = { [config]: readFileSync(path.join(folder, name), 'utf8') };
    const plan = await planAiBinding(fakeFiles(before), { config });
    const [conflict] = plan.conflicts;
    const outcome =
      conflict === undefined
        ? (plan.edits[0]?.after ?? before[config]!)
        : [
            `Refused${conflict.place ? ` in line ${conflict.place.line}, column ${conflict.place.column}` : ''}:`,
            conflict.reason,
            ...(conflict.snippet === undefined ? [] : ['', conflict.snippet]),
            '',
          ].join('\n');
    const notes = [...plan.notes, ...plan.skips.map(({ reason }) => reason)].map((note) => `>> ${note}\n`).join('');
    await expect(outcome + (notes && `\n${notes}`)).toMatchFileSnapshot(path.join(folder, `${name}.expected`));

    const after = applied(before, plan);
    expect(parseConfig(after[config]!, format).ok).toBe(parseConfig(before[config]!, format).ok);
    const again = await planAiBinding(fakeFiles(after), { config });
    expect(again.edits).toEqual([]);
  });
});
