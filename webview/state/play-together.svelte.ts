/**
 * The players of all columns as one: they start, stop and move together, or one goes on where another was.
 */

/** What is needed of a player; `HTMLMediaElement` has it. */
export type Player = Pick<
  HTMLMediaElement,
  'play' | 'pause' | 'paused' | 'ended' | 'currentTime' | 'duration' | 'addEventListener' | 'removeEventListener'
>;

interface Member {
  readonly label: string;
  readonly player: Player;
  /** Where it was last put, seconds: any other place that it moves to is the user's choice. */
  put: number | undefined;
}

/** Seconds that players may be apart before one is moved: less would be heard as stutter. */
const DRIFT = 0.1;
/** Seconds within which two places are the same: decoders move to the sample or frame that is next. */
const SAME = 0.05;

/** A set of players. */
export class PlayTogether {
  /** Players there are. */
  count = $state.raw(0);
  /** Where the players are, seconds. */
  time = $state.raw(0);
  playing = $state.raw(false);
  /** Length of the longest, seconds; 0 while none is known. */
  duration = $state.raw(0);
  /** By label. Not of the view's state: who registers in an effect must not run again because of it. */
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
      ...['pause', 'ended', 'loadedmetadata', 'durationchange'].map((event) => [event, () => this.#look()] as const),
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
    if (this.#members.every(({ player }) => player.ended || player.currentTime >= lengthOf(player))) this.time = 0;
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
    // Those that had ended while the others went on have something to play again.
    const idle = this.#together ? this.#members.filter(({ player }) => player.ended && time < lengthOf(player)) : [];
    for (const member of this.#members) put(member, time);
    this.time = time;
    void this.#start(idle);
  }

  /**
   * Goes on in the other of two at the same place: in `other`, or in `own` when `other` plays now. The others fall
   * silent.
   */
  async alternate(own: string, other: string): Promise<void> {
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

  /** One that cannot be played must not keep the others from it. */
  async #start(members: readonly Member[]): Promise<void> {
    await Promise.allSettled(members.map(async ({ player }) => player.play()));
  }

  /** One was started by itself: the others give way, or nothing could be told apart. */
  #started(member: Member): void {
    if (!this.#together) for (const other of this.#members) if (other !== member) other.player.pause();
    this.#look();
  }

  #moved(member: Member): void {
    const leader = this.#leader();
    const { player } = member;
    if (leader === undefined || leader === member) this.time = player.currentTime;
    else if (this.#together && !player.paused && apart(player.currentTime, leader.player.currentTime) > DRIFT)
      put(member, leader.player.currentTime);
  }

  /** The user moved one: the others go along. */
  #sought(member: Member): void {
    const { currentTime } = member.player;
    const isOurs = member.put !== undefined && apart(currentTime, member.put) < SAME;
    member.put = undefined;
    if (this.#together && !isOurs) this.seek(currentTime);
  }

  /** The one that the others keep to. */
  #leader(): Member | undefined {
    return this.#members.find(({ player }) => !player.paused && !player.ended);
  }

  #changed(): void {
    this.count = this.#members.length;
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
