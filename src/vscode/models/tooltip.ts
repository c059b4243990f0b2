/**
 * What a model's row tells when one points at it. Names, notes and labels come from servers: they are text, never markup.
 */
import * as vscode from 'vscode';
import type { CatalogStatus } from '../../core/catalog/entry';
import { shortTokens, shortUsd } from '../../core/catalog/price-summary';
import { providerTitle } from '../../core/catalog/providers';
import { taskTitles } from '../../core/catalog/tasks';
import { formatCount, formatRate, formatSeconds } from '../../core/run/format';
import { capabilityTitles, hasLive, hostingTitles, priceOriginText } from './texts';
import type { ModelNode } from './tree-model';

/** Longest text of a server that is shown here; the model page has all of it. */
const LONGEST = 300;

/** Text as Markdown that draws exactly this text, on one line: any ASCII punctuation may be escaped (CommonMark 2.4). */
export function plain(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const short = line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
  return short.replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

function lifeline({ model, lifecycle }: ModelNode): string | undefined {
  if (lifecycle === 'current' && model.retirementDate === undefined && model.deprecationDate === undefined) {
    return undefined;
  }
  return [
    lifecycle === 'deprecated'
      ? vscode.l10n.t('Deprecated')
      : lifecycle === 'retired'
        ? vscode.l10n.t('Retired')
        : undefined,
    model.deprecationDate === undefined ? undefined : vscode.l10n.t('deprecated from {0}', model.deprecationDate),
    model.retirementDate === undefined ? undefined : vscode.l10n.t('retired from {0}', model.retirementDate),
    model.successor === undefined ? undefined : vscode.l10n.t('successor: {0}', model.successor),
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

function sizes({ model }: ModelNode): string {
  return [
    model.contextWindow === undefined
      ? undefined
      : vscode.l10n.t('Context {0} tokens', shortTokens(model.contextWindow)),
    model.maxOutputTokens === undefined
      ? undefined
      : vscode.l10n.t('output up to {0}', shortTokens(model.maxOutputTokens)),
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

function measuredLine({ measured }: ModelNode, simulated: boolean): string | undefined {
  if (measured === undefined) return undefined;
  const where = simulated ? vscode.l10n.t('Measured on the simulator') : vscode.l10n.t('Measured on this machine');
  const figures = [
    measured.ttft === undefined ? undefined : vscode.l10n.t('first token {0}', formatSeconds(measured.ttft)),
    measured.decode === undefined ? undefined : formatRate(measured.decode),
    vscode.l10n.t('runs: {0}', formatCount(measured.runs)),
  ];
  return `${where}: ${figures.filter((part) => part !== undefined).join(', ')}`;
}

/** The tooltip's Markdown. `simulated`: the measured figures are the simulator's. */
export function tooltipMarkdown(node: ModelNode, status: CatalogStatus, simulated: boolean): string {
  const { model } = node;
  const capabilities = capabilityTitles();
  const origin = priceOriginText(model, status);
  const paragraphs = [
    `**${plain(model.name)}**`,
    plain(model.id),
    plain([providerTitle(model.provider), taskTitles[model.task], hostingTitles()[model.hosting]].join(' · ')),
    plain(sizes(node)),
    plain(model.capabilities.map((capability) => capabilities[capability]).join(', ')),
    plain(lifeline(node) ?? ''),
    model.pricing.length === 0
      ? plain(vscode.l10n.t('No price is known.'))
      : model.pricing.map(({ label, usd }) => `- ${plain(`${shortUsd(usd)} ${label}`)}`).join('\n'),
    origin === undefined ? '' : plain(vscode.l10n.t('Prices from {0}', origin)),
    model.requiresPaidPlan ? plain(vscode.l10n.t('Needs the Workers Paid plan or prepaid credits.')) : '',
    plain(measuredLine(node, simulated) ?? ''),
    hasLive(status.sources) && !model.confirmed ? plain(vscode.l10n.t('Not confirmed on your account.')) : '',
    plain(model.note ?? ''),
  ];
  return paragraphs.filter((paragraph) => paragraph !== '').join('\n\n');
}
