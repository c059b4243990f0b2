/**
 * Provider names. Sources write some providers in two ways; the ids on the wire keep what the source wrote, people see one.
 */

/** Second spellings, and the one that stands for both. */
const sameProvider: ReadonlyMap<string, string> = new Map([
  ['meta-llama', 'meta'],
  ['mistralai', 'mistral'],
  ['deepseek-ai', 'deepseek'],
]);

/** Names that capital letters alone do not make right. */
const titles: ReadonlyMap<string, string> = new Map([
  ['ai4bharat', 'AI4Bharat'],
  ['aisingapore', 'AI Singapore'],
  ['assemblyai', 'AssemblyAI'],
  ['baai', 'BAAI'],
  ['bytedance', 'ByteDance'],
  ['deepseek', 'DeepSeek'],
  ['elevenlabs', 'ElevenLabs'],
  ['huggingface', 'Hugging Face'],
  ['ibm-granite', 'IBM Granite'],
  ['klingai', 'Kling AI'],
  ['llava-hf', 'LLaVA'],
  ['minimax', 'MiniMax'],
  ['moonshotai', 'Moonshot AI'],
  ['myshell-ai', 'MyShell'],
  ['nvidia', 'NVIDIA'],
  ['openai', 'OpenAI'],
  ['pfnet', 'Preferred Networks'],
  ['pipecat-ai', 'Pipecat'],
  ['pixverse', 'PixVerse'],
  ['runwayml', 'Runway'],
  ['stabilityai', 'Stability AI'],
  ['thinkingmachines', 'Thinking Machines'],
  ['xai', 'xAI'],
  ['zai-org', 'Z.ai'],
]);

/** What all spellings of one provider share: to group and filter by, not to send. */
export function providerKey(provider: string): string {
  const key = provider.toLowerCase();
  return sameProvider.get(key) ?? key;
}

/** The provider's name for people; of one that is new to us, its slug with capital letters. */
export function providerTitle(provider: string): string {
  const key = providerKey(provider);
  return titles.get(key) ?? key.split(/[-_]+/).map(capitalized).join(' ');
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
