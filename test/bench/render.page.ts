/**
 * The peers of the render benchmark, fed by the same host as the playground. `?how=` says how they show an answer:
 * `bare` appends its text to one text node; `whole` parses the whole answer again in every frame.
 * `window.rendered(text)` is what the playground should show in the end.
 */
import createPurifier from 'dompurify';
import { marked } from 'marked';
import { connectHost } from '../../src/protocol/rpc';
import { createLink } from '../../webview/connect';
import { createMarkdownView } from '../../webview/markdown/render';

const whole = new URLSearchParams(location.search).get('how') === 'whole';
const columns = new Map<string, { text: string; box: HTMLElement; shown: Text }>();
const changed = new Set<string>();

function columnOf(runId: string) {
  let column = columns.get(runId);
  if (!column) {
    const box = document.createElement('div');
    box.style.cssText = 'flex: 1 0 0; min-width: 0; overflow: auto; white-space: pre-wrap';
    const shown = document.createTextNode('');
    box.append(shown);
    document.getElementById('app')?.append(box);
    column = { text: '', box, shown };
    columns.set(runId, column);
  }
  return column;
}

function draw(): void {
  for (const runId of changed) {
    const { text, box, shown } = columnOf(runId);
    if (whole) box.innerHTML = createPurifier.sanitize(marked.parse(text, { async: false }));
    else shown.appendData(text.slice(shown.length));
    box.scrollTop = box.scrollHeight;
  }
  changed.clear();
}

createLink().start({
  opened(channel) {
    const ignore = (): void => undefined;
    const { host } = connectHost(channel, {
      batch({ seq, frames }) {
        requestAnimationFrame(() => {
          for (const { runId, events } of frames) {
            for (const event of events) if (event.type === 'text') columnOf(runId).text += event.text;
            changed.add(runId);
          }
          draw();
          void host.ack(seq);
        });
      },
      runs: ignore,
      connection: ignore,
      models: ignore,
      catalogStatus: ignore,
      personal: ignore,
      estimate: ignore,
      showModel: ignore,
      cogServers: ignore,
      showAddCog: ignore,
      sessionCost: ignore,
      intent: ignore,
      cleared: ignore,
      voted: ignore,
    });
    void host.ready().then(() => document.body.setAttribute('data-ready', ''));
  },
  closed: () => undefined,
});
const app = document.getElementById('app');
if (app) app.style.cssText = 'display: flex; height: 100vh';

Object.assign(window, {
  rendered(text: string): string {
    const box = document.createElement('div');
    createMarkdownView(box, { onLink: () => undefined }).update(text, true);
    return box.textContent ?? '';
  },
});
