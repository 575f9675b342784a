// Opens a page of a server in headless Chromium, lets an EventSource follow its stream, and prints what it saw.
// Arguments: the browser's path, a folder for its profile, the server's address. Prints JSON lines:
// {"open":n}, {"event":…,"data":…,"id":…}, {"error":readyState}, {"request":{lastEventID}} for each request that was
// sent, {"response":status}, and {"failed":…} with the reason for each that failed. What the browser's network stack did
// is logged beside the profile folder, in its name with .network-log.json.
'use strict';
const { openPage } = require('./browser.js');
const [browser, folder, base] = process.argv.slice(2);

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
  const { call, on, open, evaluate } = await openPage(browser, folder, {
    more: ['--ignore-certificate-errors', `--log-net-log=${folder}.network-log.json`],
    errors: 'inherit',
  });
  await open(`${base}/healthz`);
  on('Runtime.bindingCalled', ({ payload }) => console.log(payload));
  const isOfStream = (headers) => Object.values(headers).includes('text/event-stream');
  on('Network.requestWillBeSentExtraInfo', ({ headers }) => {
    if (!isOfStream(headers)) return;
    const name = Object.keys(headers).find((name) => name.toLowerCase() === 'last-event-id');
    say({ request: { lastEventID: headers[name] } });
  });
  on('Network.responseReceived', ({ response }) => say({ response: response.status }));
  on('Network.loadingFailed', ({ errorText, blockedReason, corsErrorStatus }) =>
    say({ failed: errorText, blockedReason, corsErrorStatus }));
  await call('Runtime.enable');
  await call('Network.enable');
  await call('Runtime.addBinding', { name: 'say' });
  await evaluate(`(${follow})()`);
}
main().catch((error) => {
  console.error(error);
  process.exit(1);
});
