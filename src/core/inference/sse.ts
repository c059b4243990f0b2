/**
 * Bytes to server-sent events.
 */
import { createParser } from 'eventsource-parser';

/** Largest event accepted, in characters: 16 Mi. Protects the host's memory from a stream that never ends a line. */
export const MAX_EVENT_LENGTH = 16 * 1024 * 1024;

/** Takes the bytes of one stream as they come, cut anywhere. */
export class EventStream {
  /** An event was larger than `MAX_EVENT_LENGTH`; nothing more is read. */
  overflowed = false;

  private readonly decoder = new TextDecoder();
  private readonly parser;

  constructor(onEvent: (name: string | undefined, data: string) => void) {
    this.parser = createParser({
      maxBufferSize: MAX_EVENT_LENGTH,
      onEvent: ({ event, data }) => {
        if (data.length > MAX_EVENT_LENGTH) this.overflowed = true;
        else if (!this.overflowed) onEvent(event, data);
      },
      onError: (error) => {
        if (error.type === 'max-buffer-size-exceeded') this.overflowed = true;
      },
    });
  }

  /** Takes one read. Bytes that are no UTF-8 become U+FFFD. True: it was a piece out of the middle of a line. */
  feed(bytes: Uint8Array): boolean {
    const text = this.decoder.decode(bytes, { stream: true });
    this.parse(text);
    return text !== '' && !text.includes('\n');
  }

  /** The stream has ended: what was not terminated is an event too. */
  end(): void {
    this.parse(`${this.decoder.decode()}\n\n`);
  }

  private parse(text: string): void {
    // The parser throws when it is fed after an overflow.
    if (text !== '' && !this.overflowed) this.parser.feed(text);
  }
}
