/**
 * The words of the comparison, of small dialogs, and of what appears at costs on hover or focus.
 */
import { count } from './strings';

export const dialogStrings = {
  compare: {
    title: 'Compare',
    model: 'Model',
    copy: 'Copy as Markdown',
    table: 'Comparison table',
    caption: 'All columns in numbers. Column headers sort.',
    chartEmpty: 'Appears when two answers have a known cost.',
    yAxis: 'cost (USD)',
    yAxisLog: 'cost (USD, log)',
    point: (label: string, model: string, seconds: string, usd: string) => `${label} ${model}: ${seconds}, ${usd}`,
  },

  raw: {
    title: (label: string) => `Raw request of column ${label}`,
    about: 'As it was sent. The authorization header is left out.',
    close: 'Close',
    copy: 'Copy',
  },

  shortcuts: {
    title: 'Keyboard shortcuts',
    close: 'Close',
    rows: [
      ['Ctrl+Enter', 'Run every column'],
      ['Esc', 'Stop every column'],
      ['Alt+1 … Alt+9', 'Go to a column'],
      ['/', 'Add a model'],
      ['→ or Alt+I', 'All about the model chosen in the picker'],
      ['Alt+B', 'Star the model chosen in the picker'],
      ['← → ↑ ↓', 'Move between the metrics of a column'],
      ['?', 'Show this list'],
    ] as readonly (readonly [string, string])[],
    mac: (keys: string) => keys.replace('Ctrl', '⌘').replaceAll('Alt', '⌥'),
  },

  sessionCost: {
    title: (simulated: boolean) => (simulated ? 'Session cost, simulated' : 'Session cost'),
    about: 'Known costs since the host started, over all its panels. Simulated and real money are never added.',
    neurons: 'Workers AI (hosted models)',
    credits: 'Unified Billing (third-party models)',
    unknownRuns: (runs: number) => `${count(runs, 'run')} of unknown cost ${runs === 1 ? 'is' : 'are'} not in it.`,
    today: 'Today (UTC), all windows of this machine',
    todaySimulated: 'Today (UTC), simulated, all windows of this machine',
    budget: 'Budget of the day',
    noBudget: 'not set',
    freeNeurons: 'Free neurons left',
    freeNeuronsNote: 'as far as this machine has seen',
    neuronsOf: (left: string, all: string) => `${left} of ${all}`,
    apart: 'Two wallets: neurons are billed to Workers AI, credits to Unified Billing. Their balances are never one.',
  },

  estimate: {
    title: 'Before you run',
    overTitle: 'Over budget',
    input: (tokens: string) => `Input about ${tokens} tokens, counted here.`,
    typical: 'typical',
    limit: 'at limit',
    column: 'column',
    typicalNote:
      'Typical: with answers as long as this model gave on this machine. At limit: with the longest answer allowed.',
    noTypical: 'At limit: with the longest answer allowed. No model here has answered on this machine yet.',
    simulatedNote: 'On the simulator nothing is billed.',
  },
} as const;
