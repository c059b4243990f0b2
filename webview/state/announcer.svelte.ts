/**
 * What screen readers hear: discrete events, never the stream of tokens.
 */

/** Messages kept in the live region; older ones were read long ago. */
const KEPT = 6;

/** The list behind the one polite live region. */
export class Announcer {
  messages = $state.raw<readonly { readonly id: number; readonly text: string }[]>([]);
  #next = 0;

  say(text: string): void {
    this.messages = [...this.messages.slice(1 - KEPT), { id: this.#next++, text }];
  }
}
