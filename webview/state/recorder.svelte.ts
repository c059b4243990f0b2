/**
 * Records sound from the microphone.
 */
import { MAX_INPUT } from '../../src/core/media/limits';
import { microphoneProblem } from './microphone-problem';
import { attachmentStrings } from '../strings-attachments';
import { peakOf, RECORDING_RATE, wavOf } from './wav';

/** Where a recording stands. */
export type RecorderStatus = 'idle' | 'asking' | 'recording' | 'paused' | 'converting' | 'recorded';

/** Seconds that fit into the largest recording that can be attached, with a little room. */
export const LONGEST_RECORDING = Math.floor(MAX_INPUT.audio / (RECORDING_RATE * 2)) - 10;

/** Peaks below this are silence: about -60 dB. */
const SILENCE = 0.001;

/** One recording after another; `close` gives the microphone back. */
export class Recorder {
  status = $state.raw<RecorderStatus>('idle');
  /** 0 to 1, of the sound right now. */
  level = $state.raw(0);
  /** Seconds recorded. */
  elapsed = $state.raw(0);
  problem = $state.raw<string | undefined>();
  /** Something is odd with what was recorded, but it can be used. */
  remark = $state.raw<string | undefined>();
  /** 16 kHz mono WAV. */
  recording = $state.raw<Blob | undefined>();

  readonly #inEditor: boolean;
  #closed = false;
  #stream: MediaStream | undefined;
  #media: MediaRecorder | undefined;
  #sound: AudioContext | undefined;
  #frame = 0;

  constructor(inEditor: boolean) {
    this.#inEditor = inEditor;
  }

  /** Asks for the microphone and records. */
  async start(): Promise<void> {
    this.problem = this.remark = this.recording = undefined;
    this.elapsed = 0;
    this.status = 'asking';
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      this.#stream = stream;
      if (this.#closed) return this.#release();
      this.#record(stream);
    } catch (error) {
      this.#release();
      this.status = 'idle';
      this.problem = microphoneProblem(error, this.#inEditor);
    }
  }

  pause(): void {
    this.#media?.pause();
    this.level = 0;
    this.status = 'paused';
  }

  resume(): void {
    this.#media?.resume();
    this.status = 'recording';
  }

  stop(): void {
    if (this.#media?.state !== 'inactive') this.#media?.stop();
  }

  /** Ends everything and gives the microphone back. */
  close(): void {
    this.#closed = true;
    this.stop();
    this.#release();
  }

  #record(stream: MediaStream): void {
    const pieces: Blob[] = [];
    const media = new MediaRecorder(stream);
    this.#media = media;
    media.ondataavailable = ({ data }) => pieces.push(data);
    media.onstop = () => {
      this.#release();
      if (!this.#closed) void this.#convert(new Blob(pieces, { type: media.mimeType }));
    };
    // The microphone was unplugged or taken away: what was heard until then is kept.
    for (const track of stream.getTracks()) track.onended = () => this.stop();
    media.start(1_000);
    this.status = 'recording';
    this.#watch(stream);
  }

  /** Follows level and time, a frame at a time. */
  #watch(stream: MediaStream): void {
    const sound = new AudioContext();
    const analyser = sound.createAnalyser();
    sound.createMediaStreamSource(stream).connect(analyser);
    this.#sound = sound;
    const heard = new Float32Array(analyser.fftSize);
    let before = performance.now();
    const look = (now: number): void => {
      this.#frame = requestAnimationFrame(look);
      const passed = Math.max(0, now - before) / 1_000;
      before = now;
      if (this.status !== 'recording') return;
      this.elapsed += passed;
      analyser.getFloatTimeDomainData(heard);
      this.level = peakOf(heard);
      if (this.elapsed < LONGEST_RECORDING) return;
      this.stop();
      this.remark = attachmentStrings.recording.full;
    };
    this.#frame = requestAnimationFrame(look);
  }

  async #convert(recorded: Blob): Promise<void> {
    this.status = 'converting';
    try {
      const samples = await resampled(await recorded.arrayBuffer());
      if (this.#closed) return;
      if (samples.length === 0) throw new RangeError('empty');
      if (peakOf(samples) < SILENCE) this.remark = attachmentStrings.recording.silent;
      this.elapsed = samples.length / RECORDING_RATE;
      this.recording = new Blob([wavOf(samples, RECORDING_RATE)], { type: 'audio/wav' });
      this.status = 'recorded';
    } catch {
      const { nothing, unreadable } = attachmentStrings.recording;
      this.problem = recorded.size === 0 ? nothing : unreadable;
      this.status = 'idle';
    }
  }

  #release(): void {
    cancelAnimationFrame(this.#frame);
    this.level = 0;
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = undefined;
    void this.#sound?.close();
    this.#sound = undefined;
  }
}

/** Decodes sound to one channel at the rate of recordings. Rejects when the browser cannot decode it. */
async function resampled(bytes: ArrayBuffer): Promise<Float32Array> {
  // Decoding resamples to the rate of its context; rendering mixes the channels.
  const decoded = await new OfflineAudioContext(1, 1, RECORDING_RATE).decodeAudioData(bytes);
  if (decoded.length === 0) return new Float32Array();
  const context = new OfflineAudioContext(1, decoded.length, RECORDING_RATE);
  const source = context.createBufferSource();
  source.buffer = decoded;
  source.connect(context.destination);
  source.start();
  return (await context.startRendering()).getChannelData(0);
}
