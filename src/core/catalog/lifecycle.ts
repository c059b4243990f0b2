/**
 * Where a model stands between its first day and its last.
 */
import type { Model } from './model';

/** `retired`: expect no answer. `deprecated`: answers, and will not for ever. */
export type Lifecycle = 'current' | 'deprecated' | 'retired';

/**
 * Where the model stands on a day (`YYYY-MM-DD`). Without a retirement date of its own it is gone from its deprecation
 * date on: Cloudflare takes it off its list that day (cloudflare-api.md 4.1).
 */
export function lifecycleOf(
  { deprecated, deprecationDate, retirementDate }: Pick<Model, 'deprecated' | 'deprecationDate' | 'retirementDate'>,
  today: string,
): Lifecycle {
  const lastDay = retirementDate ?? deprecationDate;
  // Days compare as text, whatever the time zone.
  if (lastDay !== undefined && lastDay <= today) return 'retired';
  return deprecated === true || lastDay !== undefined ? 'deprecated' : 'current';
}
