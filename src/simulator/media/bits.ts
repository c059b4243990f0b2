/**
 * Writes numbers bit by bit, the most significant first, as both MP3 and H.264 want them.
 */

/** A growing row of bits. */
export class BitWriter {
  private buffer = new Uint8Array(4096);
  private bits = 0;

  /** Bits written. */
  get length(): number {
    return this.bits;
  }

  /** The lower `count` bits of `value`, at most 24. */
  write(value: number, count: number): void {
    this.reserve(4);
    // The bits join the open byte from below; at most 7 + 24 of them fit into a whole number.
    const open = this.bits & 7;
    const first = this.bits >> 3;
    const total = open + count;
    let window = (value & ((1 << count) - 1)) << (31 - total);
    for (let index = first; index <= (this.bits + count - 1) >> 3; index++) {
      this.buffer[index] = (this.buffer[index] ?? 0) | ((window >>> 23) & 255);
      window <<= 8;
    }
    this.bits += count;
  }

  /** Zeros up to the next whole byte. */
  align(): void {
    this.bits = (this.bits + 7) & ~7;
  }

  /** Whole bytes; the writer must stand at the start of one. */
  append(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.buffer.set(bytes, this.bits >> 3);
    this.bits += 8 * bytes.length;
  }

  /** What was written, the last byte filled up with zeros. */
  bytes(): Uint8Array<ArrayBuffer> {
    return this.buffer.slice(0, (this.bits + 7) >> 3);
  }

  private reserve(more: number): void {
    const needed = (this.bits >> 3) + more + 1;
    if (needed <= this.buffer.length) return;
    const larger = new Uint8Array(Math.max(needed, 2 * this.buffer.length));
    larger.set(this.buffer);
    this.buffer = larger;
  }
}
