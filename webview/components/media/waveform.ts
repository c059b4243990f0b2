/**
 * Draws the waveform of a sound; a click in it moves its player. `wavesurfer.js` draws; the sound is decoded here, so
 * that only its peaks are kept.
 */
import WaveSurfer from 'wavesurfer.js';
import { peaksOf } from '../../state/waveform';

/** Samples a second: enough for peaks, and a sixth of the memory of what is heard. */
const SAMPLE_RATE = 8_000;
/** More than bars fit into a column. */
const PEAKS = 800;

/** Pixels. */
export const WAVE_HEIGHT = 56;

/**
 * Draws into `container` in the colours of the theme, whatever they become. The function returned takes it away.
 * Rejects when the sound cannot be read, or `signal` is aborted before it was drawn.
 */
export async function drawWaveform(
  container: HTMLElement,
  media: HTMLMediaElement,
  signal: AbortSignal,
): Promise<() => void> {
  const url = media.currentSrc || media.src;
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`The sound could not be read: ${response.status}.`);
  const bytes = await response.arrayBuffer();
  const decoder = new OfflineAudioContext({ length: 1, sampleRate: SAMPLE_RATE });
  const sound = await decoder.decodeAudioData(bytes);
  signal.throwIfAborted();
  const channels = Array.from({ length: sound.numberOfChannels }, (_, index) => sound.getChannelData(index));
  // The address is the player's own, or it would be given another.
  const wave = WaveSurfer.create({
    container,
    media,
    url,
    peaks: [peaksOf(channels, PEAKS)],
    duration: Number.isFinite(media.duration) ? media.duration : sound.duration,
    height: WAVE_HEIGHT,
    barWidth: 2,
    barGap: 1,
    normalize: true,
    hideScrollbar: true,
    dragToSeek: true,
    ...coloursOf(container),
  });
  // What goes wrong with the sound its player tells.
  wave.on('error', () => undefined);
  // VS Code marks the kind of theme on the body and sets the colours on the root element.
  const observer = new MutationObserver(() => wave.setOptions(coloursOf(container)));
  for (const element of [document.documentElement, document.body])
    observer.observe(element, { attributes: true, attributeFilter: ['class', 'style'] });
  return () => {
    observer.disconnect();
    wave.destroy();
  };
}

function coloursOf(container: HTMLElement): { waveColor: string; progressColor: string; cursorColor: string } {
  const style = getComputedStyle(container);
  const colour = (name: string): string => style.getPropertyValue(name).trim() || style.color;
  return {
    waveColor: colour('--vscode-descriptionForeground'),
    progressColor: colour('--vscode-charts-blue'),
    cursorColor: colour('--vscode-focusBorder'),
  };
}
