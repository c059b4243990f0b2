/**
 * The players of all columns as one: they start, stop and move together, or one goes on where another was.
 */

/** What is needed of a player; `HTMLMediaElement` has it. */
export type Player = Pick<
  HTMLMediaElement,
  | 'play'
  | 'pause'
  | 'paused'
  | 'ended'
  | 'currentTime'
  | 'duration'
  | 'playbackRate'
  | 'addEventListener'
  | 'removeEventListener'
>;

interface Member {
  readonly label: string;
  readonly player: Player;
  /** Where it was put and still is, seconds: any other place that it moves to is the user's choice. */
  put: number | undefined;
}

/** Seconds that players may be apart before one is moved: less would be heard as stutter. */
const DRIFT = 0.1;
/** Seconds within which two places are the same: decoders move to the sample or frame that is next. */
const SAME = 0.05;

/** A set of players. */
export class PlayTogether {
  /** The players there are, by label. */
  members = $state.raw<readonly { readonly label: string }[]>([]);
  /** Where the players are, seconds. */
  time = $state.raw(0);
  playing = $state.raw(false);
  /** Length of the longest, seconds; 0 while none is known. */
  duration = $state.raw(0);
  /** The same. What is read while a player is registered must not make the effect that does it run again. */
  #members: readonly Member[] = [];
  /** All play because they were asked to together. */
  #together = false;

  /** Adds a player; the function returned takes it out again. */
  register(label: string, player: Player): () => void {
    const member: Member = { label, player, put: undefined };
    const listeners: readonly (readonly [event: string, listener: () => void])[] = [
      ['play', () => this.#started(member)],
      ['timeupdate', () => this.#moved(member)],
      ['seeking', () => this.#sought(member)],
      ['ratechange', () => this.#paced(member)],
      ['pause', () => this.#paused(member)],
      ...['ended', 'loadedmetadata', 'durationchange'].map((event) => [event, () => this.#look()] as const),
    ];
    for (const [event, listener] of listeners) player.addEventListener(event, listener);
    this.#members = [...this.#members, member].sort((a, b) => a.label.localeCompare(b.label));
    this.#changed();
    return () => {
      for (const [event, listener] of listeners) player.removeEventListener(event, listener);
      this.#members = this.#members.filter((other) => other !== member);
      this.#changed();
    };
  }

  /** Starts all at the same place; from the beginning when they are at the end. */
  async play(): Promise<void> {
    // One that cannot be played has no length, and never ends.
    const measured = this.#members.filter(({ player }) => Number.isFinite(player.duration));
    const isOver = measured.every(({ player }) => player.ended || player.currentTime >= player.duration);
    if (measured.length > 0 && isOver) this.time = 0;
    this.#together = true;
    for (const member of this.#members) put(member, this.time);
    await this.#start(this.#members.filter(({ player }) => this.time < lengthOf(player)));
    this.#look();
  }

  pause(): void {
    this.#together = false;
    for (const { player } of this.#members) player.pause();
    this.#look();
  }

  /** Moves all to this second. */
  seek(time: number): void {
    this.#move(time, this.#members);
  }

  /**
   * Goes on in the other of two at the same place: in `other`, or in `own` when `other` plays now. The others fall
   * silent.
   */
  async switchBetween(own: string, other: string): Promise<void> {
    const find = (label: string): Member | undefined => this.#members.find((member) => member.label === label);
    const isPlaying = find(other)?.player.paused === false;
    const target = find(isPlaying ? own : other);
    if (!target) return;
    const from = this.#members.find(({ player }) => !player.paused) ?? find(own);
    this.#together = false;
    if (from && from !== target) put(target, from.player.ended ? 0 : from.player.currentTime);
    for (const member of this.#members) if (member !== target) member.player.pause();
    await this.#start([target]);
  }

  #move(time: number, members: readonly Member[]): void {
    // Those that had ended while the others went on have something to play again.
    const idle = this.#together ? members.filter(({ player }) => player.ended && time < lengthOf(player)) : [];
    for (const member of members) put(member, time);
    this.time = time;
    void this.#start(idle);
  }

  /** One that cannot be played must not keep the others from it. */
  async #start(members: readonly Member[]): Promise<void> {
    await Promise.allSettled(members.map(async ({ player }) => player.play()));
  }

  /** One was started by itself: the others give way, or nothing could be told apart. */
  #started(member: Member): void {
    if (!this.#together) for (const other of this.#members) if (other !== member) other.player.pause();
    this.#look();
  }

  /** One was paused by its own controls: all are. One that ended only waits. */
  #paused({ player }: Member): void {
    if (this.#together && player.paused && !player.ended) this.pause();
    else this.#look();
  }

  #moved(member: Member): void {
    const leader = this.#leader();
    const { player } = member;
    const isWherePut = member.put !== undefined && apart(player.currentTime, member.put) < SAME;
    if (!isWherePut) member.put = undefined;
    if (leader === member) this.time = player.currentTime;
    else if (leader === undefined) this.time = isWherePut ? this.time : player.currentTime;
    else if (this.#together && isGoing(member) && apart(player.currentTime, leader.player.currentTime) > DRIFT)
      put(member, leader.player.currentTime);
  }

  /** One was moved by its own controls: the others go along. */
  #sought(member: Member): void {
    const { currentTime } = member.player;
    if (member.put !== undefined && apart(currentTime, member.put) < SAME) return;
    member.put = undefined;
    if (this.#together)
      this.#move(
        currentTime,
        this.#members.filter((other) => other !== member),
      );
  }

  /** One was made faster or slower by its own controls: the others keep up. */
  #paced(member: Member): void {
    if (!this.#together) return;
    const { playbackRate } = member.player;
    for (const { player } of this.#members)
      if (player.playbackRate !== playbackRate) player.playbackRate = playbackRate;
  }

  /** The one that the others keep to. */
  #leader(): Member | undefined {
    return this.#members.find(isGoing);
  }

  #changed(): void {
    this.members = this.#members;
    // The place of players that are gone means nothing to those that came.
    this.time = (this.#leader() ?? this.#members[0])?.player.currentTime ?? 0;
    this.#look();
  }

  #look(): void {
    const isPlaying = this.#leader() !== undefined;
    if (!isPlaying) this.#together = false;
    this.playing = isPlaying;
    this.duration = Math.max(0, ...this.#members.map(({ player }) => finite(player.duration)));
  }
}

function put(member: Member, time: number): void {
  const place = Math.min(time, lengthOf(member.player));
  member.put = place;
  member.player.currentTime = place;
}

function isGoing({ player }: Member): boolean {
  return !player.paused && !player.ended;
}

function apart(a: number, b: number): number {
  return Math.abs(a - b);
}

function finite(seconds: number): number {
  return Number.isFinite(seconds) ? seconds : 0;
}

function lengthOf(player: Player): number {
  return Number.isFinite(player.duration) ? player.duration : Infinity;
}

/** The players of the page. */
export const playTogether = new PlayTogether();
