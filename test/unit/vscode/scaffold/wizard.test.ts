import { beforeEach, describe, expect, it, vi } from 'vitest';
import { askMany, askOne, askText, BACK, runWizard, type Step } from '../../../../src/vscode/scaffold/wizard';
import { prompts, resetPrompts } from './fake-prompts';

vi.mock('vscode', async () => (await import('./fake-prompts')).fakeVscode);

interface Answers {
  readonly fruit?: string;
  readonly peeled?: string;
  readonly name?: string;
}

const choices = (...values: string[]) => values.map((value) => ({ label: value, value }));

/** The second is asked of bananas only. */
const steps: readonly Step<Answers>[] = [
  {
    when: () => true,
    async ask(answers, place) {
      const options = { placeholder: 'Fruit?', choices: choices('apple', 'banana', 'cherry'), active: answers.fruit };
      const fruit = await askOne(place, options);
      return fruit === BACK ? BACK : { ...answers, fruit };
    },
  },
  {
    when: ({ fruit }) => fruit === 'banana',
    async ask(answers, place) {
      const peeled = await askOne(place, { placeholder: 'Peeled?', choices: choices('yes', 'no') });
      return peeled === BACK ? BACK : { ...answers, peeled };
    },
  },
  {
    when: () => true,
    async ask(answers, place) {
      const problem = (text: string) => (text === '' ? 'It needs a name.' : undefined);
      const name = await askText(place, { prompt: 'Name?', value: answers.name ?? '', problem });
      return name === BACK ? BACK : { ...answers, name };
    },
  },
];

const run = () => runWizard('Shop', steps, {});
const titles = () => prompts.seen.map(({ title, text }) => `${title} ${text}`);

beforeEach(resetPrompts);

describe('a wizard', () => {
  it('asks only what is to be asked, and says which of how many it is', async () => {
    prompts.replies.push('enter', { type: 'Ada' });
    expect(await run()).toEqual({ fruit: 'apple', name: 'Ada' });
    expect(titles()).toEqual(['Shop (1/2) Fruit?', 'Shop (2/2) Name?']);
    prompts.seen.length = 0;
    prompts.replies.push({ choose: 'banana' }, { choose: 'no' }, { type: 'Ada' });
    expect(await run()).toEqual({ fruit: 'banana', peeled: 'no', name: 'Ada' });
    expect(titles()).toEqual(['Shop (1/2) Fruit?', 'Shop (2/3) Peeled?', 'Shop (3/3) Name?']);
  });

  it('goes back to the question that was asked before, which begins with its answer', async () => {
    prompts.replies.push({ choose: 'cherry' }, 'back', 'enter', { type: 'Bob' });
    expect(await run()).toEqual({ fruit: 'cherry', name: 'Bob' });
    expect(prompts.seen.map(({ active }) => active)).toEqual(['apple', undefined, 'cherry', undefined]);
    expect(titles()[2]).toBe('Shop (1/2) Fruit?');
  });

  it('has a way back but in the first question', async () => {
    prompts.replies.push('enter', { type: 'Ada' });
    await run();
    expect(prompts.seen.map(({ hasBack }) => hasBack)).toEqual([false, true]);
  });

  it('is given up with Escape in any question', async () => {
    prompts.replies.push('escape');
    await expect(run()).rejects.toMatchObject({ code: 'cancelled' });
    prompts.replies.push('enter', 'escape');
    await expect(run()).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('checks a text while it is typed, takes no wrong one, and takes it without blanks around', async () => {
    prompts.replies.push('enter', 'enter', { type: '  ' }, { type: ' Ada ' });
    expect(await run()).toEqual({ fruit: 'apple', name: 'Ada' });
    expect(new Set(prompts.problems)).toEqual(new Set(['It needs a name.']));
    expect(prompts.seen).toHaveLength(2);
  });

  it('lets any number be ticked, none as well', async () => {
    const ask: Step<readonly string[]> = {
      when: () => true,
      ask: (_, place) => askMany(place, { placeholder: 'Which?', choices: choices('a', 'b', 'c'), ticked: ['b'] }),
    };
    prompts.replies.push('enter');
    expect(await runWizard('T', [ask], [])).toEqual(['b']);
    prompts.replies.push({ tick: ['a', 'c'] });
    expect(await runWizard('T', [ask], [])).toEqual(['a', 'c']);
    prompts.replies.push({ tick: [] });
    expect(await runWizard('T', [ask], ['x'])).toEqual([]);
  });
});
