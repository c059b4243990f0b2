import { describe, expect, it } from 'vitest';
import { actionOf, type KeyActions, type KeyPlace, type KeyStroke } from '../../../../webview/state/keys';

const page: KeyPlace = { typing: false, overlay: false };
const field: KeyPlace = { typing: true, overlay: false };

/** What a key does at a place, as a word; `undefined` when nothing. */
function press(stroke: Partial<KeyStroke>, place: KeyPlace = page): string | undefined {
  let done: string | undefined;
  const actions: KeyActions = {
    run: () => (done = 'run'),
    stop: () => (done = 'stop'),
    focusColumn: (index) => (done = `column ${index}`),
    addModel: () => (done = 'add'),
    showShortcuts: () => (done = 'shortcuts'),
  };
  const event: KeyStroke = {
    key: '',
    code: '',
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    defaultPrevented: false,
    isComposing: false,
    ...stroke,
  };
  actionOf(event, place)?.(actions);
  return done;
}

describe('the keys', () => {
  it('run with Ctrl or Cmd and Enter, also while typing', () => {
    expect(press({ key: 'Enter', ctrlKey: true }, field)).toBe('run');
    expect(press({ key: 'Enter', metaKey: true }, field)).toBe('run');
    expect(press({ key: 'Enter' }, field)).toBeUndefined();
  });

  it('stop with Escape', () => {
    expect(press({ key: 'Escape' }, field)).toBe('stop');
  });

  it('go to a column by its number, whatever character Alt makes of the digit', () => {
    expect(press({ key: '¡', code: 'Digit1', altKey: true })).toBe('column 0');
    expect(press({ key: '9', code: 'Digit9', altKey: true }, field)).toBe('column 8');
    expect(press({ key: '1', code: 'Digit1' })).toBeUndefined();
  });

  it('leave characters to the field that is typed in', () => {
    expect(press({ key: '/' })).toBe('add');
    expect(press({ key: '?', shiftKey: true })).toBe('shortcuts');
    expect(press({ key: '/' }, field)).toBeUndefined();
    expect(press({ key: '?' }, field)).toBeUndefined();
  });

  it('belong to what is open above the page', () => {
    const dialog: KeyPlace = { typing: true, overlay: true };
    expect(press({ key: 'Escape' }, dialog)).toBeUndefined();
    expect(press({ key: 'Enter', ctrlKey: true }, dialog)).toBeUndefined();
  });

  it('are ignored while an input method composes', () => {
    expect(press({ key: 'Enter', ctrlKey: true, isComposing: true }, field)).toBeUndefined();
    expect(press({ key: 'Escape', isComposing: true }, field)).toBeUndefined();
  });
});
