/**
 * All wire formats by name.
 */
import type { Wire } from '../../run/events';
import { anthropicMessages } from './anthropic-messages';
import { chatCompletions } from './chat-completions';
import { cog } from './cog';
import type { WireFormat } from './format';
import { responses } from './responses';
import { run } from './run';
import { runModel } from './run-model';

/** Every wire format. When an answer is not of the format asked for, the others are tried in this order. */
export const wireFormats: Readonly<Record<Wire, WireFormat>> = {
  'chat-completions': chatCompletions,
  responses,
  'anthropic-messages': anthropicMessages,
  'run-model': runModel,
  run,
  cog,
};
