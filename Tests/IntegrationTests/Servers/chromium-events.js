// Opens a page of a server in headless Chromium, lets an EventSource follow its stream, and prints what it saw.
// Arguments: the browser's path, a folder for its profile, the server's address. Prints JSON lines:
// {"open":n}, {"event":…,"data":…,"id":…}, {"error":readyState}, {"request":{lastEventID}} for each request that was
// sent, {"response":status}, and {"failed":…} with the reason for each that failed. What the browser's network stack did
// is logged beside the profile folder, in its name with .network-log.json.
'use strict';
const { spawn } = require('node:child_process');
const [browser, folder, base] = process.argv.slice(2);

const chromium = spawn(
  browser,
  [
    '--headless', '--remote-debugging-pipe', `--user-data-dir=${folder}`, '--no-sandbox', '--disable-gpu',
    '--no-first-run', '--disable-breakpad', '--disable-dev-shm-usage', '--ignore-certificate-errors',
    `--log-net-log=${folder}.network-log.json`, 'about:blank',
  ],
  { stdio: ['ignore', 'ignore', 'inherit', 'pipe', 'pipe'] },
);
const [toBrowser, fromBrowser] = [chromium.stdio[3], chromium.stdio[4]];
chromium.on('exit', (code) => process.exit(code ?? 1));

// The DevTools protocol over a pipe: JSON messages, each ended by NUL.
let lastID = 0;
const waiting = new Map();
const listeners = new Map();
function call(method, params = {}, sessionId = undefined) {
  const id = ++lastID;
  toBrowser.write(JSON.stringify({ id, method, params, sessionId }) + '\0');
  return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
}
let rest = '';
fromBrowser.setEncoding('utf8').on('data', (text) => {
  const messages = (rest + text).split('\0');
  rest = messages.pop();
  for (const message of messages.map((text) => JSON.parse(text))) {
    if (message.id === undefined) {
      listeners.get(message.method)?.(message.params);
    } else if (message.error) {
      waiting.get(message.id).reject(new Error(message.error.message));
    } else {
      waiting.get(message.id).resolve(message.result);
    }
  }
});

const say = (value) => console.log(JSON.stringify(value));

// Runs in the page, which comes from the server itself: an EventSource obeys the same-origin policy.
function follow() {
  let opened = 0;
  const source = new EventSource('/events?topics=news');
  source.onopen = () => say(JSON.stringify({ open: ++opened }));
  source.onerror = () => say(JSON.stringify({ error: source.readyState }));
  const tell = (event) => say(JSON.stringify({ event: event.type, data: event.data, id: event.lastEventId }));
  source.addEventListener('connected', tell);
  source.onmessage = tell;
}

async function main() {
  const { targetId } = await call('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await call('Target.attachToTarget', { targetId, flatten: true });
  const loaded = new Promise((resolve) => listeners.set('Page.loadEventFired', resolve));
  await call('Page.enable', {}, sessionId);
  await call('Page.navigate', { url: `${base}/healthz` }, sessionId);
  await loaded;
  listeners.set('Runtime.bindingCalled', ({ payload }) => console.log(payload));
  const isOfStream = (headers) => Object.values(headers).includes('text/event-stream');
  listeners.set('Network.requestWillBeSentExtraInfo', ({ headers }) => {
    if (!isOfStream(headers)) return;
    const name = Object.keys(headers).find((name) => name.toLowerCase() === 'last-event-id');
    say({ request: { lastEventID: headers[name] } });
  });
  listeners.set('Network.responseReceived', ({ response }) => say({ response: response.status }));
  listeners.set('Network.loadingFailed', ({ errorText, blockedReason, corsErrorStatus }) =>
    say({ failed: errorText, blockedReason, corsErrorStatus }));
  await call('Runtime.enable', {}, sessionId);
  await call('Network.enable', {}, sessionId);
  await call('Runtime.addBinding', { name: 'say' }, sessionId);
  await call('Runtime.evaluate', { expression: `(${follow})()` }, sessionId);
}
main().catch((error) => {
  console.error(error);
  process.exit(1);
});
