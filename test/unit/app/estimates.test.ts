import { describe, expect, it } from 'vitest';
import { createEstimates, type EstimateInputs } from '../../../src/app/estimates';
import { createTextCounts } from '../../../src/app/text-counts';
import type { RunEstimate } from '../../../src/core/run/estimate';
import type { ColumnIntent, Measured } from '../../../src/protocol/api';
import { settle } from '../../fakes/clock';
import { fakePorts, MODELS, model } from '../../fakes/ports';

const column = (id: string, modelId: string, maxOutputTokens = 1000): ColumnIntent => ({
  id,
  modelId,
  parameters: { maxOutputTokens },
});
const alpha = column('a', '@cf/test/alpha');
const unpriced = model('@cf/test/unpriced', { pricing: [] });

/** $1 and $2 per million tokens; a token a word; the test answers the counts when `slow`. */
function start(more: Partial<EstimateInputs> = {}, slow = false) {
  const { log, logged, countTokens } = fakePorts();
  const asked: { text: string; answer(): Promise<void> }[] = [];
  const counts = createTextCounts((text) => {
    if (!slow) {
      asked.push({ text, answer: settle });
      return countTokens(text);
    }
    return new Promise((resolve) => {
      asked.push({
        text,
        answer() {
          resolve(countTokens(text));
          return settle();
        },
      });
    });
  }, log);
  let inputs: EstimateInputs | undefined = {
    prompt: 'one two three',
    system: '',
    columns: [alpha],
    model: (id) => [...MODELS, unpriced].find((known) => known.id === id),
    measured: {},
    verdict: () => ({}),
    ...more,
  };
  const estimates = createEstimates(counts, log, () => inputs);
  const told: (RunEstimate | null)[] = [];
  estimates.onDidChange((estimate) => told.push(estimate));
  return {
    estimates,
    asked,
    told,
    logged,
    async change(next: Partial<EstimateInputs> | undefined) {
      inputs = next === undefined || inputs === undefined ? undefined : { ...inputs, ...next };
      estimates.update();
      await settle();
    },
  };
}

const usual = (outputTokens: number): Measured => ({ runs: 5, outputTokens });

describe('an estimate', () => {
  it('is of the prompt and the longest answer, over all columns', async () => {
    const { change, estimates } = start({ columns: [alpha, column('g', 'openai/gamma', 500)] });
    await change({});
    expect(estimates.now).toEqual({
      columns: [
        { columnId: 'a', atLimit: { provenance: 'estimated', usd: expect.closeTo(0.002003, 12) as number } },
        { columnId: 'g', atLimit: { provenance: 'estimated', usd: expect.closeTo(0.001003, 12) as number } },
      ],
      inputTokens: 3,
      atLimitUsd: expect.closeTo(0.003006, 12) as number,
      unknownColumns: 0,
    });
  });

  it('counts the system prompt for text models, and not for pictures', async () => {
    const { change, estimates } = start({ system: 'be brief' });
    await change({});
    expect(estimates.now?.inputTokens).toBe(5);
    await change({ columns: [column('p', '@cf/test/painter')] });
    expect(estimates.now).toMatchObject({ inputTokens: 3, atLimitUsd: 0.01 });
  });

  it('has a typical figure where answers were seen here, at most the limit; others count at their limit', async () => {
    const measured = { '@cf/test/alpha': usual(100), '@cf/test/beta': usual(9999) };
    const { change, estimates } = start({ measured, columns: [alpha, column('b', '@cf/test/beta')] });
    await change({});
    expect(estimates.now?.columns.map(({ typical }) => typical)).toEqual([
      { provenance: 'estimated', usd: expect.closeTo(0.000203, 12) as number },
      { provenance: 'estimated', usd: expect.closeTo(0.002003, 12) as number },
    ]);
    await change({ columns: [alpha, column('g', 'openai/gamma')] });
    expect(estimates.now?.columns[1]).not.toHaveProperty('typical');
    expect(estimates.now?.typicalUsd).toBeCloseTo(0.000203 + 0.002003, 12);
  });

  it('leaves out what cannot be known and says how many; it is never zero', async () => {
    const { change, estimates } = start({ columns: [alpha, column('u', unpriced.id), column('x', '@cf/gone')] });
    await change({});
    expect(estimates.now).toMatchObject({ unknownColumns: 2, atLimitUsd: expect.closeTo(0.002003, 12) as number });
    expect(estimates.now?.columns[2]?.atLimit).toMatchObject({ why: expect.stringContaining('@cf/gone') as string });
    await change({ columns: [column('u', unpriced.id)] });
    expect(estimates.now).toMatchObject({ unknownColumns: 1 });
    expect(estimates.now).not.toHaveProperty('atLimitUsd');
    expect(estimates.now).not.toHaveProperty('typicalUsd');
  });

  it('says that Run would be refused', async () => {
    const { change, estimates } = start({
      verdict: (costs) => ({ overBudget: `Too much for ${costs.length} column.` }),
    });
    await change({});
    expect(estimates.now?.overBudget).toBe('Too much for 1 column.');
  });

  it('is none without a prompt, and the tokenizer is not even started', async () => {
    const { change, estimates, asked, told } = start({ prompt: '  \n', system: 'x' });
    await change({});
    expect([estimates.now, asked, told]).toEqual([undefined, [], []]);
    await change({ prompt: 'hello' });
    expect(estimates.now).toBeDefined();
    await change({ prompt: '' });
    expect(told.at(-1)).toBeNull();
    expect(estimates.now).toBeUndefined();
  });

  it('counts the further texts for tasks that take some', async () => {
    const { change, estimates } = start({ texts: ['four more words here', ''] });
    await change({});
    expect(estimates.now?.inputTokens).toBe(3);
    const vectors = model('@cf/test/vectors', {
      task: 'embeddings',
      pricing: [{ label: 'per M input tokens', usd: 1 }],
    });
    await change({ columns: [column('v', vectors.id)], model: () => vectors });
    expect(estimates.now).toMatchObject({ inputTokens: 7, atLimitUsd: expect.closeTo(0.000007, 12) as number });
  });

  it('is made of a file alone where no prompt is needed', async () => {
    const hears = model('@cf/test/ear', {
      task: 'speech-recognition',
      pricing: [{ label: 'per audio minute', usd: 0.06 }],
    });
    const media = { kind: 'audio', mediaType: 'audio/wav', file: 'a.wav', byteLength: 9, seconds: 10 } as const;
    const { change, estimates } = start({
      prompt: '',
      columns: [column('e', hears.id)],
      model: () => hears,
      attachments: [{ name: 'a.wav', role: 'input', media }],
    });
    await change({});
    expect(estimates.now?.atLimitUsd).toBeCloseTo(0.01, 12);
    await change({ attachments: [] });
    expect(estimates.now).toBeUndefined();
  });

  it('is none before anything is loaded', async () => {
    const { change, told } = start();
    await change(undefined);
    expect(told).toEqual([]);
  });

  it('is rough when the tokenizer fails, and the log says so once', async () => {
    const { log, logged } = fakePorts();
    const counts = createTextCounts(() => Promise.reject(new Error('no tables')), log);
    expect([await counts.count('12345678'), await counts.count('日本')]).toEqual([2, 2]);
    expect(logged.filter((line) => line.includes('no tables'))).toHaveLength(1);
  });
});

describe('while people type', () => {
  it('a changed column counts nothing again, and a changed figure is told once', async () => {
    const { change, asked, told } = start();
    await change({});
    await change({ columns: [alpha, column('b', '@cf/test/beta')] });
    await change({ columns: [alpha, column('b', '@cf/test/beta')] });
    expect(asked.map(({ text }) => text)).toEqual(['one two three']);
    expect(told).toHaveLength(2);
  });

  it('the count of an older text is never told, even when it comes late', async () => {
    const { change, asked, told } = start({}, true);
    await change({ prompt: 'old' });
    await change({ prompt: 'newer text' });
    await change({ prompt: 'the newest text' });
    expect(asked.map(({ text }) => text)).toEqual(['old']);
    await asked[0]?.answer();
    expect(told).toEqual([]);
    // What was typed and changed again meanwhile is not counted at all.
    expect(asked.map(({ text }) => text)).toEqual(['old', 'the newest text']);
    await asked[1]?.answer();
    expect(told).toMatchObject([{ inputTokens: 3 }]);
  });

  it('a prompt that was deleted during its count leaves no estimate behind', async () => {
    const { change, asked, told, estimates } = start({}, true);
    await change({});
    await change({ prompt: '' });
    await asked[0]?.answer();
    expect([told, estimates.now]).toEqual([[], undefined]);
  });

  it('nothing is told after the end', async () => {
    const { estimates, asked, told, change } = start({}, true);
    await change({});
    estimates.dispose();
    await asked[0]?.answer();
    expect(told).toEqual([]);
  });

  it('a failure inside is logged, and the next change is estimated', async () => {
    const { change, estimates, logged } = start({
      model: () => {
        throw new Error('no catalog');
      },
    });
    await change({});
    expect(logged.join()).toContain('no catalog');
    await change({ model: () => model('@cf/test/alpha') });
    expect(estimates.now).toBeDefined();
  });
});
