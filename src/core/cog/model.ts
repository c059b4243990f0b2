/**
 * The model that stands for a Cog server in columns.
 */
import type { Capability, Model, Task } from '../catalog/model';

/** What is known of a server's model. */
export interface CogModelFacts {
  readonly modelId: string;
  readonly name: string;
  readonly task: Task;
  readonly isStreaming: boolean;
  /** USD per hour of its machine. */
  readonly pricePerHourUsd?: number;
}

/** The label of the price that a user sets for a machine of their own. */
export const PER_HOUR = 'per hour';

/** A model without a price unless the user set one: what a machine costs nobody else knows. */
export function cogModel({ modelId, name, task, isStreaming, pricePerHourUsd }: CogModelFacts): Model {
  const capabilities: readonly Capability[] = isStreaming ? ['streaming'] : [];
  return {
    id: modelId,
    provider: 'cog',
    name,
    task,
    hosting: 'own',
    capabilities,
    requestFormats: [],
    pricing: pricePerHourUsd === undefined ? [] : [{ label: PER_HOUR, usd: pricePerHourUsd }],
  };
}
