import { describe, expect, it } from 'vitest';
import type { Task } from '../../../../src/core/catalog/model';
import { metricsOf } from '../../../../src/core/run/metrics';
import { badgesOf } from '../../../../webview/state/badges';
import { finished, model, runOf, started, text, usage } from '../../core/run/runs';

const badges = (task: Task): string[] => {
  const of = model({}, { task });
  const state = runOf(started(0), text(1, 'All of it.'), usage(1, { outputTokens: 40 }), finished(1));
  const facts = { columnId: 'c', runId: 'r', model: of, simulated: false, prompt: '', restored: false };
  return badgesOf(facts, state, metricsOf(state, of)).map((badge) => badge.text);
};

describe('badges', () => {
  it('say of a chat that it did not stream', () => {
    expect(badges('text-generation')).toContain('not streamed');
  });

  it('say nothing of the kind where answers come in one piece by nature', () => {
    expect(badges('translation')).toEqual([]);
    expect(badges('speech-recognition')).toEqual([]);
  });
});
