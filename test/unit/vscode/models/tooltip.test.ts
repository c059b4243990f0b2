import { marked } from 'marked';
import { describe, expect, it, vi } from 'vitest';
import type { ModelNode } from '../../../../src/vscode/models/tree-model';
import { plain, tooltipMarkdown } from '../../../../src/vscode/models/tooltip';
import { entry, LIVE, OFFLINE } from './fake-catalog';

vi.mock('vscode', async () => (await import('../fake-vscode')).fakeVscode);

const node = (more: Parameters<typeof entry>[1] = {}, row: Partial<ModelNode> = {}): ModelNode => ({
  kind: 'model',
  id: 'row',
  modelId: '@cf/zai-org/glm',
  model: entry('@cf/zai-org/glm', more),
  lifecycle: 'current',
  favourite: false,
  tellsProvider: false,
  ...row,
});
/** What a reader sees, without the marks. */
const read = (markdown: string) =>
  String(marked.parse(markdown))
    .replace(/<[^>]+>/g, '')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"');

describe('the tooltip of a model', () => {
  it('tells facts, prices with origin and date, and what was measured', () => {
    const full = node(
      {
        name: 'GLM',
        contextWindow: 131_072,
        maxOutputTokens: 8_192,
        capabilities: ['reasoning', 'tools'],
        successor: 'glm-5',
        retirementDate: '2027-01-31',
        requiresPaidPlan: true,
      },
      { lifecycle: 'deprecated', measured: { runs: 12, ttft: 0.412, decode: 81.2 } },
    );
    const text = read(tooltipMarkdown(full, LIVE, false));
    for (const part of [
      '@cf/zai-org/glm',
      'Z.ai · Text generation · Hosted by Cloudflare',
      'Context 131k tokens, output up to 8k',
      'Reasoning, Tools',
      'Deprecated, retired from 2027-01-31, successor: glm-5',
      '$1 per M input tokens',
      'Prices from the live list of hosted models, 2026-11-20',
      'Needs the Workers Paid plan or prepaid credits.',
      'Measured on this machine: first token 0.41 s, 81 tok/s, runs: 12',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('says what is not known, and whose figures the measured ones are', () => {
    const unknown = node({ pricing: [], origins: {}, confirmed: false }, { measured: { runs: 1 } });
    const text = read(tooltipMarkdown(unknown, LIVE, true));
    expect(text).toContain('No price is known.');
    expect(text).toContain('Not confirmed on your account.');
    expect(text).toContain('Measured on the simulator: runs: 1');
    expect(text).not.toContain('Prices from');
    expect(text).not.toContain('first token');
    // Without a live list nothing could be confirmed.
    expect(read(tooltipMarkdown(unknown, OFFLINE, true))).not.toContain('confirmed');
  });

  it('shows hostile names, labels and notes as the text that they are', () => {
    const evil =
      '**x** [a](command:evil) <img src=x onerror=alert(1)> ![](https://e.invalid/a.png) https://e.invalid `c` $(zap)';
    const html = String(
      marked.parse(
        tooltipMarkdown(
          node({ name: evil, note: `# ${evil}\n\n- ${evil}`, pricing: [{ label: evil, usd: 1 }] }),
          LIVE,
          false,
        ),
      ),
    );
    expect(html).not.toMatch(/<a |<img|<h1|<code|<em/);
    expect(html).not.toContain('<strong>x</strong>');
    expect(read(plain(evil)).replaceAll('&lt;', '<').replaceAll('&gt;', '>')).toBe(`${evil}\n`);
  });

  it('is short however long a note is', () => {
    expect(tooltipMarkdown(node({ note: 'word '.repeat(10_000) }), LIVE, false).length).toBeLessThan(1_500);
  });
});
