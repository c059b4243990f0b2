import { expect, it } from 'vitest';
import { microphoneProblem } from '../../../../webview/state/microphone-problem';

const thrown = (name: string) => Object.assign(new Error('no'), { name });

it.each(['NotAllowedError', 'NotFoundError', 'NotReadableError', 'TypeError'])('says what to do after %s', (name) => {
  expect(microphoneProblem(thrown(name), false)).toMatch(/attach (a|the) file/);
});

it('does not send people in VS Code to an address bar', () => {
  expect(microphoneProblem(thrown('NotAllowedError'), false)).toContain('address bar');
  expect(microphoneProblem(thrown('NotAllowedError'), true)).toContain('browser playground');
  expect(microphoneProblem(thrown('NotAllowedError'), true)).not.toContain('address bar');
  // Where the page has no media devices at all.
  expect(microphoneProblem(thrown('TypeError'), true)).toContain('browser playground');
});
