/**
 * Parameters that many models share, and what schemas call them.
 */
import type { KnownName } from './form-field';

/** A parameter as the form shows it. */
interface Known {
  readonly label: string;
  readonly step?: number;
  readonly unit?: string;
  /** What schemas call it; a dot leads into an object. */
  readonly aliases: readonly string[];
}

/** In the order of the form. */
export const knownParameters: Readonly<Record<KnownName, Known>> = {
  temperature: { label: 'Temperature', step: 0.1, aliases: ['temperature', 'generationConfig.temperature'] },
  topP: { label: 'Top p', step: 0.05, aliases: ['top_p', 'generationConfig.topP'] },
  maxOutputTokens: {
    label: 'Max output',
    step: 1,
    unit: 'tokens',
    aliases: ['max_tokens', 'max_completion_tokens', 'max_output_tokens', 'generationConfig.maxOutputTokens'],
  },
  seed: { label: 'Seed', step: 1, aliases: ['seed', 'generationConfig.seed'] },
  frequencyPenalty: {
    label: 'Frequency penalty',
    step: 0.1,
    aliases: ['frequency_penalty', 'generationConfig.frequencyPenalty'],
  },
  presencePenalty: {
    label: 'Presence penalty',
    step: 0.1,
    aliases: ['presence_penalty', 'generationConfig.presencePenalty'],
  },
  reasoningEffort: { label: 'Reasoning effort', aliases: ['reasoning_effort', 'reasoning.effort'] },
  stop: { label: 'Stop sequences', aliases: ['stop', 'stop_sequences', 'generationConfig.stopSequences'] },
  width: { label: 'Width', step: 8, unit: 'px', aliases: ['width'] },
  height: { label: 'Height', step: 8, unit: 'px', aliases: ['height'] },
  steps: { label: 'Steps', step: 1, aliases: ['steps', 'num_steps'] },
};

/** The names in the order of the form. */
export const knownNames = Object.keys(knownParameters) as KnownName[];

const byAlias: ReadonlyMap<string, KnownName> = new Map(
  knownNames.flatMap((name) => knownParameters[name].aliases.map((alias) => [alias, name] as const)),
);

/** The parameter that a schema calls by this name, if it is one of these. */
export function knownBy(alias: string): KnownName | undefined {
  return byAlias.get(alias);
}

/** Objects of a schema in which parameters of this table stand. */
export const knownParents: ReadonlySet<string> = new Set(
  [...byAlias.keys()].flatMap((alias) => (alias.includes('.') ? alias.slice(0, alias.indexOf('.')) : [])),
);

/** Names under which parameters of this table may stand in a schema. */
export const sharedWords: readonly string[] = [
  ...new Set([...byAlias.keys()].map((alias) => alias.split('.', 1).join())),
];
