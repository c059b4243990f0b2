import { expect, it } from 'vitest';
import { lifecycleOf } from '../../../../src/core/catalog/lifecycle';

it.each([
  ['nothing known', {}, 'current'],
  ['said to stay', { deprecated: false }, 'current'],
  ['a flag without a date', { deprecated: true }, 'deprecated'],
  ['an end in the future', { deprecationDate: '2026-11-23' }, 'deprecated'],
  ['its last day', { deprecationDate: '2026-11-22' }, 'retired'],
  ['an end in the past', { deprecated: true, deprecationDate: '2026-05-30' }, 'retired'],
  ['an end in the past, whatever the flag', { deprecated: false, deprecationDate: '2026-05-30' }, 'retired'],
  ['retired', { retirementDate: '2026-11-01' }, 'retired'],
  ['deprecated, and retired later', { deprecationDate: '2026-05-30', retirementDate: '2027-01-01' }, 'deprecated'],
  ['retired before it was to be', { deprecationDate: '2027-05-30', retirementDate: '2026-11-01' }, 'retired'],
] as const)('%s: %j is %s', (_, model, lifecycle) => {
  expect(lifecycleOf(model, '2026-11-22')).toBe(lifecycle);
});
