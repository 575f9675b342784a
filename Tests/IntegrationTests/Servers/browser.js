// A page of headless Chromium, driven by the DevTools protocol over a pipe: JSON messages, each ended by NUL.
'use strict';
const { spawn } = require('node:child_process');

// Starts the browser, whose end ends this program too.
// Takes its path, a folder for its profile, more arguments, and where its errors go.
async function openPage(browser, folder, { more = [], errors = 'ignore' } = {}) {
  const chromium = spawn(browser, [
    '--headless', '--remote-debugging-pipe', `--user-data-dir=${folder}`, '--no-sandbox', '--disable-gpu',
    '--no-first-run', '--disable-breakpad', '--disable-dev-shm-usage', ...more, 'about:blank',
  ], { stdio: ['ignore', 'ignore', errors, 'pipe', 'pipe'] });
  chromium.on('exit', () => process.exit(2));
  const [toBrowser, fromBrowser] = [chromium.stdio[3], chromium.stdio[4]];
  let lastID = 0;
  let session;
  const waiting = new Map();
  const listeners = new Map();
  const on = (method, listener) => listeners.set(method, listener);
  const call = (method, params = {}) => new Promise((resolve, reject) => {
    const id = ++lastID;
    waiting.set(id, { resolve, reject });
    toBrowser.write(JSON.stringify({ id, method, params, sessionId: session }) + '\0');
  });
  let rest = '';
  fromBrowser.setEncoding('utf8').on('data', (text) => {
    const messages = (rest + text).split('\0');
    rest = messages.pop();
    for (const { id, method, params, error, result } of messages.map((text) => JSON.parse(text))) {
      if (id === undefined) {
        listeners.get(method)?.(params);
        continue;
      }
      const { resolve, reject } = waiting.get(id);
      waiting.delete(id);
      error ? reject(new Error(error.message)) : resolve(result);
    }
  });
  const { targetId } = await call('Target.createTarget', { url: 'about:blank' });
  session = (await call('Target.attachToTarget', { targetId, flatten: true })).sessionId;
  await call('Page.enable');

  // Goes to an address, and waits until it is loaded.
  const open = async (url) => {
    const isLoaded = new Promise((resolve) => on('Page.loadEventFired', resolve));
    await call('Page.navigate', { url });
    await isLoaded;
  };
  // The value of an expression in the page; of a promise, what it brings.
  const evaluate = async (expression) => {
    const answer = await call('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (answer.exceptionDetails) throw new Error(JSON.stringify(answer.exceptionDetails));
    return answer.result.value;
  };
  return { call, on, open, evaluate };
}

module.exports = { openPage };
