/** Answers for the render benchmark: Markdown of every kind, in pieces of about the size of a token. */

/** Characters a token has on average. */
const TOKEN_LENGTH = 4;

const WORDS =
  'model token stream latency answer gateway cache price neuron prompt context window first second measure column throughput region'.split(
    ' ',
  );

/** Deterministic numbers from 0 (inclusive) to 1 (Lehmer, 31 bits). */
function numbers(seed: number): () => number {
  let state = (seed % 2147483646) + 1;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

function words(next: () => number, count: number): string {
  return Array.from({ length: count }, () => {
    const word = WORDS[Math.floor(next() * WORDS.length)] ?? '';
    const style = next();
    return style < 0.04
      ? `**${word}**`
      : style < 0.07
        ? `\`${word}\``
        : style < 0.09
          ? `[${word}](https://example.com/${word})`
          : word;
  }).join(' ');
}

function block(next: () => number): string {
  const kind = next();
  const lines = (count: number, line: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => line(index)).join('\n');
  if (kind < 0.1) return `## ${words(next, 4)}`;
  if (kind < 0.3) return lines(3 + Math.floor(next() * 12), () => `- ${words(next, 9)}`);
  if (kind < 0.38) return lines(3 + Math.floor(next() * 6), (index) => `${index + 1}. ${words(next, 14)}`);
  if (kind < 0.48)
    return [
      '| Model | TTFT | Cost |',
      '|---|---:|---:|',
      lines(4 + Math.floor(next() * 8), () => `| ${words(next, 2)} | ${next().toFixed(2)} | $${next().toFixed(4)} |`),
    ].join('\n');
  if (kind < 0.62)
    return `\`\`\`ts\n${lines(6 + Math.floor(next() * 40), (index) => `  const ${WORDS[index % WORDS.length]}${index} = await run('${words(next, 3)}', ${index}); // measured`)}\n\`\`\``;
  if (kind < 0.66) return `> ${words(next, 30)}`;
  if (kind < 0.7) return 'مرحبا بالعالم، هذه فقرة من اليمين إلى اليسار تقيس سرعة العرض والكتابة في كل عمود.';
  return words(next, 30 + Math.floor(next() * 60));
}

/** At least `tokens` tokens of Markdown; another text for every seed. */
export function answer(seed: number, tokens: number): string[] {
  const next = numbers(seed + 1);
  let text = '';
  while (text.length < tokens * TOKEN_LENGTH) text += `${block(next)}\n\n`;
  return Array.from({ length: tokens }, (_, index) => text.slice(index * TOKEN_LENGTH, (index + 1) * TOKEN_LENGTH));
}
