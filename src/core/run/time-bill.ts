/**
 * The parts of a bill that are priced by second, minute, clip or character.
 */
import type { Task } from '../catalog/model';
import type { Price } from '../catalog/price';
import { isAboutSound, mediaMadeBy } from '../catalog/task-media';
import { asksForAddOn, type Quantity } from './asked';
import { line, missing, nothing, together, type BillPart } from './bill-line';
import { choosePrice, conditionsInWords } from './choose-price';
import type { Consumption } from './consumption';

/** The lines for video, by second or by clip; nothing when the model makes none. */
export function videoBill(
  prices: readonly Price[],
  { input, unsure, videos, videoSeconds, videoSize: made }: Consumption,
  task: Task,
): BillPart {
  const seconds = prices.filter(({ kind }) => kind === 'second');
  const clips = prices.filter(({ kind }) => kind === 'video');
  if (isAboutSound(task) || seconds.length + clips.length === 0) return nothing;
  if (mediaMadeBy(task) !== 'video') return missing('What a price per second means for this model is not known.');
  if (unsure !== undefined) return missing(unsure);
  const fitting = clips.filter(
    ({ clipSeconds }) =>
      clipSeconds === undefined || (typeof videoSeconds !== 'string' && clipSeconds * videos === videoSeconds.count),
  );
  if (fitting.length === 0 && typeof videoSeconds === 'string') return missing(videoSeconds);
  const all = [...clips, ...seconds];
  // The price of a clip is more particular than that of its seconds.
  const clip = choosePrice(all, input, { possible: fitting, made });
  const choice = typeof clip === 'string' ? choosePrice(all, input, { possible: seconds, made }) : clip;
  if (typeof choice === 'string') return missing(choice);
  const { price } = choice;
  const exact = choice.exact && (price.kind === 'video' || clips.length === 0);
  if (price.kind === 'video') {
    const what = `${price.clipSeconds === undefined ? 'videos' : `clips of ${price.clipSeconds} s`}${conditionsInWords(price)}`;
    return { lines: [line(what, videos, price.usdPer, exact)], missing: [] };
  }
  return timed(`seconds of video${conditionsInWords(price)}`, videoSeconds, 1, price, exact);
}

/** The lines for sound, by second or by minute, with the add-ons that were asked for. */
export function audioBill(prices: readonly Price[], use: Consumption, task: Task): BillPart {
  const perSecond = prices.filter(({ kind }) => kind === 'audio-second' || (kind === 'second' && isAboutSound(task)));
  const perMinute = prices.filter(({ kind, addOn }) => kind === 'audio-minute' && addOn === undefined);
  const addOns = prices.filter(({ addOn }) => addOn !== undefined && asksForAddOn(use.input, addOn));
  return together([
    perSecond.length === 0 ? nothing : soundBill('seconds of audio', perSecond, 1, use),
    perMinute.length === 0 ? nothing : soundBill('minutes of audio', perMinute, 60, use),
    ...addOns.map((price) => timed(`minutes of audio, ${price.addOn}`, use.audioSeconds, 60, price, true)),
  ]);
}

function soundBill(what: string, prices: readonly Price[], unit: number, use: Consumption): BillPart {
  const ofTransport = prices.filter(({ transport }) => (transport === 'websocket') === use.isWebSocket);
  if (ofTransport.length === 0) {
    return missing(
      `The catalog has no price for a call ${use.isWebSocket ? 'over WebSocket' : 'that is not over WebSocket'}.`,
    );
  }
  const choice = choosePrice(ofTransport, use.input);
  return typeof choice === 'string' ? missing(choice) : timed(what, use.audioSeconds, unit, choice.price, choice.exact);
}

/** `unit`: seconds that the price is for. */
function timed(what: string, seconds: Quantity | string, unit: number, price: Price, exact: boolean): BillPart {
  if (typeof seconds === 'string') return missing(seconds);
  return { lines: [line(what, seconds.count / unit, price.usdPer, exact && seconds.exact)], missing: [] };
}

/** The line for characters spoken. */
export function characterBill(prices: readonly Price[], { characters, input }: Consumption): BillPart {
  const perCharacter = prices.filter(({ kind }) => kind === 'character');
  if (perCharacter.length === 0) return nothing;
  const choice = choosePrice(perCharacter, input);
  if (typeof choice === 'string') return missing(choice);
  if (typeof characters === 'string') return missing(characters);
  return { lines: [line('characters', characters.count, choice.price.usdPer, characters.exact)], missing: [] };
}
