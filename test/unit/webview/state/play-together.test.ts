import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Player, PlayTogether } from '../../../../webview/state/play-together.svelte';

let createPlayers: () => PlayTogether;
beforeAll(async () => {
  // The compiler's word for a field that redraws; without a page it is a field.
  vi.stubGlobal('$state', { raw: (value: unknown) => value });
  const { PlayTogether: Players } = await import('../../../../webview/state/play-together.svelte');
  createPlayers = () => new Players();
});

/** What a browser's player does, at once instead of soon, and without a clock. */
class FakePlayer extends EventTarget implements Player {
  paused = true;
  #rate = 1;
  #time = 0;
  /** Places that it was moved to. */
  readonly moves: number[] = [];

  constructor(
    public duration: number,
    private readonly playable = true,
  ) {
    super();
  }

  get ended(): boolean {
    return this.#time >= this.duration;
  }

  get currentTime(): number {
    return this.#time;
  }

  set currentTime(time: number) {
    this.#time = time;
    this.moves.push(time);
    this.say('seeking', 'timeupdate');
  }

  get playbackRate(): number {
    return this.#rate;
  }

  set playbackRate(rate: number) {
    this.#rate = rate;
    this.say('ratechange');
  }

  play(): Promise<void> {
    if (!this.playable) return Promise.reject(new Error('no codec'));
    if (this.ended) this.#time = 0;
    const before = this.paused;
    this.paused = false;
    if (before) this.say('play');
    return Promise.resolve();
  }

  pause(): void {
    const before = this.paused;
    this.paused = true;
    if (!before) this.say('pause');
  }

  /** Time passes. */
  runTo(time: number): void {
    if (this.paused) return;
    this.#time = Math.min(time, this.duration);
    this.say('timeupdate');
    if (!this.ended) return;
    this.pause();
    this.say('ended');
  }

  /** The user moves it by its own controls. */
  scrub(time: number): void {
    this.currentTime = time;
    this.moves.pop();
  }

  private say(...events: string[]): void {
    for (const event of events) this.dispatchEvent(new Event(event));
  }
}

let players: PlayTogether;
beforeEach(() => (players = createPlayers()));

function add(label: string, duration: number, playable = true): FakePlayer {
  const player = new FakePlayer(duration, playable);
  players.register(label, player);
  return player;
}

describe('one by one', () => {
  it('starting one pauses the others', async () => {
    const [a, b] = [add('A', 5), add('B', 5)];
    await a.play();
    await b.play();
    expect([a.paused, b.paused]).toEqual([true, false]);
    expect(players.playing).toBe(true);
    b.pause();
    expect(players.playing).toBe(false);
  });

  it('switches to and fro, each time at the place of the other', async () => {
    const [a, b] = [add('A', 5), add('B', 5)];
    await a.play();
    a.runTo(2);
    await players.switchBetween('A', 'B');
    expect([a.paused, b.paused, b.currentTime]).toEqual([true, false, 2]);
    b.runTo(3);
    await players.switchBetween('A', 'B');
    expect([a.paused, b.paused, a.currentTime]).toEqual([false, true, 3]);
  });

  it('switches from a paused one, whatever a third is at', async () => {
    const [other, b, c] = [add('A', 5), add('B', 5), add('C', 5)];
    other.scrub(4);
    b.scrub(1.5);
    await players.switchBetween('B', 'C');
    expect([c.currentTime, c.paused, b.paused, other.paused]).toEqual([1.5, false, true, true]);
  });

  it('switches to the beginning after the end, and to the end of a shorter one', async () => {
    const [a, b] = [add('A', 5), add('B', 2)];
    await a.play();
    a.runTo(3);
    await players.switchBetween('A', 'B');
    expect(b.moves.at(-1)).toBe(2);
    a.scrub(5);
    b.pause();
    await players.switchBetween('A', 'B');
    expect(b.moves.at(-1)).toBe(0);
  });

  it('passes over columns that have no player', async () => {
    const a = add('A', 5);
    await players.switchBetween('A', 'Z');
    expect(a.paused).toBe(true);
  });
});

describe('together', () => {
  it('start at the same place and end one by one', async () => {
    const [a, b] = [add('A', 3), add('B', 8)];
    a.scrub(1);
    await players.play();
    expect([a.paused, b.paused, a.currentTime, b.currentTime]).toEqual([false, false, 1, 1]);
    a.runTo(3);
    expect([a.paused, b.paused, players.playing]).toEqual([true, false, true]);
    b.runTo(3.2);
    expect(players.time).toBe(3.2);
    expect(a.moves).toEqual([1]);
  });

  it('that are apart are brought together; a little apart is left alone', async () => {
    const [a, b] = [add('A', 8), add('B', 8)];
    await players.play();
    a.runTo(2);
    b.runTo(2.08);
    expect(b.moves).toEqual([0]);
    b.runTo(2.3);
    expect(b.moves).toEqual([0, 2]);
  });

  it('pause together, by the button or by the controls of one', async () => {
    const [a, b] = [add('A', 8), add('B', 8)];
    await players.play();
    players.pause();
    expect([a.paused, b.paused]).toEqual([true, true]);
    await players.play();
    b.pause();
    expect([a.paused, b.paused, players.playing]).toEqual([true, true, false]);
  });

  it('follow when one is moved or made faster by its own controls', async () => {
    const [a, b] = [add('A', 8), add('B', 8)];
    await players.play();
    b.scrub(5);
    expect(a.currentTime).toBe(5);
    a.scrub(1);
    expect(b.currentTime).toBe(1);
    b.playbackRate = 2;
    expect(a.playbackRate).toBe(2);
  });

  it('are moved together while they rest; a short one does not pull the place back', () => {
    const [a, b] = [add('A', 3), add('B', 8)];
    players.seek(6);
    expect([a.currentTime, b.currentTime, players.time]).toEqual([3, 6, 6]);
  });

  it('are where they were moved, although a short one tells its place later', () => {
    const [a] = [add('A', 3), add('B', 8)];
    players.seek(6);
    a.dispatchEvent(new Event('timeupdate'));
    expect(players.time).toBe(6);
  });

  it('that had ended play on when all are moved back', async () => {
    const [a, b] = [add('A', 3), add('B', 8)];
    await players.play();
    a.runTo(3);
    b.runTo(5);
    players.seek(1);
    expect([a.paused, a.currentTime, b.currentTime]).toEqual([false, 1, 1]);
  });

  it('play one by one again once all have ended', async () => {
    const [a, b] = [add('A', 3), add('B', 3)];
    await players.play();
    a.runTo(3);
    b.runTo(3);
    await a.play();
    await b.play();
    expect([a.paused, b.paused]).toEqual([true, false]);
  });

  it('go on where the user put one of them', async () => {
    const [a, b] = [add('A', 8), add('B', 8)];
    b.scrub(4);
    expect(players.time).toBe(4);
    await players.play();
    expect([a.currentTime, b.currentTime]).toEqual([4, 4]);
  });

  it('begin anew after the end, although one can never be played', async () => {
    const [a, b] = [add('A', 3), add('B', NaN, false)];
    await players.play();
    expect(a.paused).toBe(false);
    a.runTo(3);
    expect(players.playing).toBe(false);
    await players.play();
    expect([a.paused, a.currentTime, b.paused]).toEqual([false, 0, true]);
  });

  it('one that cannot be played does not keep the others from it', async () => {
    const [broken, b, c] = [add('A', NaN, false), add('B', 4), add('C', 4)];
    await players.play();
    expect([broken.paused, b.paused, c.paused]).toEqual([true, false, false]);
    expect(players.duration).toBe(4);
  });
});

it('the player of a column that went away is forgotten', async () => {
  const [a, b] = [new FakePlayer(5), new FakePlayer(9)];
  const leave = players.register('B', b);
  players.register('A', a);
  expect(players.members.map(({ label }) => label)).toEqual(['A', 'B']);
  await players.play();
  leave();
  expect(players.duration).toBe(5);
  // The browser pauses what leaves the page.
  b.pause();
  expect([a.paused, players.playing]).toEqual([false, true]);
  players.pause();
  players.seek(2);
  expect(b.moves).toEqual([0]);
});

it('new players begin at their own place, wherever others were', async () => {
  const old = new FakePlayer(9);
  const leave = players.register('A', old);
  await old.play();
  old.runTo(4);
  leave();
  const a = add('A', 5);
  expect(players.time).toBe(0);
  await players.play();
  expect(a.currentTime).toBe(0);
});
