import { expect, it } from 'vitest';
import { oldNodeProblem } from '../../../../../src/core/scaffold/worker/node-version';

it.each(['v20.19.5', 'v22.11.0', '18.0.0', 'v9.1.1\n'])('%s is too old for wrangler', (version) => {
  expect(oldNodeProblem(version)).toContain(version.trim());
});

it.each(['v22.12.0', 'v22.21.1\n', 'v24.0.0', 'v100.0.0', '', 'bun 1.2', 'v22'])('%s is not', (version) => {
  expect(oldNodeProblem(version)).toBeUndefined();
});
