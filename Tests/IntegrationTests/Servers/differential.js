// Random event streams, cut at random points, through `hydrotest tap` and through the EventSource of a real headless
// Chromium: both must see the same events.
// Arguments: the browser's path, hydrotest's path, an empty folder, how many streams, the seed. Prints each stream that
// differs, with its bytes, and a last line "N streams, M events: equal" or "N streams, M events: K differ" (exit 1).
'use strict';
const http = require('node:http');
const { execFile } = require('node:child_process');
const { openPage } = require('./browser.js');
const [browser, hydrotest, folder, countText, seedText] = process.argv.slice(2);
const [count, seed] = [Number(countText), Number(seedText)];
const types = ['message', 'ping', 'a', 'ünï', 'x y'];
const tapsAtOnce = 2;
const sourcesAtOnce = 5;

// Mulberry32: small, seeded, good enough to draw streams from.
function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

// The bytes of a stream and where they are cut; the same for the same number, however often it is asked for.
function stream(number) {
  const next = random(seed * 1000003 + number);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const values = ['', ' ', 'x', ' hello', '  two', '€', '{"n": 1}', ':', 'data: y', '\u{1F600}', '\ufeff', '7', 'a\tb'];
  const lines = [
    () => 'data:' + pick(values), () => 'data: ' + pick(values), () => 'data', () => 'event:' + pick(types),
    () => 'event: ' + pick(types), () => 'event', () => 'id: ' + pick(values), () => 'id', () => 'id:' + pick(['1', '22', 'é']),
    () => 'id: a\0b', () => ':' + pick(values), () => 'unknown: x', () => 'Data: x', () => ' data: x', () => 'retry: x',
    () => '', () => '', () => '', () => '',
  ];
  const parts = [];
  // With a line behind the mark: Chromium takes a line end right after it for the next line's first byte, against HTML 9.2.5.
  if (next() < 0.2) parts.push(Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(':\n'));
  const end = pick(['\n', '\r', '\r\n', undefined]);
  for (let left = 1 + Math.floor(next() * 30); left > 0; left--) {
    const line = pick(lines)();
    parts.push(Buffer.from(line));
    // Bytes that are no UTF-8: a decoder puts U+FFFD in their place. A type that has one has no listener in the page.
    if (next() < 0.03 && !line.startsWith('event')) parts.push(Buffer.from(pick([[0xff], [0xe2, 0x82], [0xc0, 0x80], [0xf0, 0x9f, 0x98], [0xed, 0xa0, 0x80]])));
    parts.push(Buffer.from(end ?? pick(['\n', '\r', '\r\n'])));
  }
  const bytes = Buffer.concat(parts);
  const cuts = Array.from({ length: Math.floor(next() * 5) }, () => Math.floor(next() * (bytes.length + 1)));
  return { bytes, cuts: cuts.sort((left, right) => left - right) };
}

const server = http.createServer(async (request, response) => {
  const path = request.url.split('?')[0];
  if (path === '/') return response.end('<!doctype html><title>differential</title>');
  const { bytes, cuts } = stream(Number(path.slice('/stream/'.length)));
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  request.socket.setNoDelay(true);
  response.flushHeaders();
  let start = 0;
  for (const cut of [...cuts, bytes.length]) {
    if (cut > start) response.write(bytes.subarray(start, cut));
    start = cut;
    // Another turn of the loop, so that the pieces are packets of their own.
    await new Promise((resolve) => setImmediate(resolve));
  }
  response.end();
});

const viaTap = (number, base) => new Promise((resolve, reject) => {
  execFile(hydrotest, ['tap', `${base}/stream/${number}`, '--max-time', '30s'], { maxBuffer: 1 << 24 }, (error, output, errors) => {
    if (error) return reject(new Error(`tap of stream ${number}: ${error.message}\n${errors}`));
    resolve(output.split('\n').filter(Boolean).map((line) => {
      const { event, data, id } = JSON.parse(line);
      return { event, data, id: id ?? '' };
    }));
  });
});

// Runs in the page. The stream's end is an error to an EventSource, which would come back.
function follow(number, types) {
  return new Promise((resolve) => {
    const events = [];
    const source = new EventSource(`/stream/${number}`);
    const tell = (event) => events.push({ event: event.type, data: event.data, id: event.lastEventId });
    for (const type of types) source.addEventListener(type, tell);
    source.addEventListener('error', () => {
      source.close();
      resolve(JSON.stringify(events));
    });
  });
}

// Carries out a job for each number, so many at once.
async function each(atOnce, job) {
  let next = 0;
  await Promise.all(Array.from({ length: atOnce }, async () => {
    while (next < count) await job(next++);
  }));
}

async function main() {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${server.address().port}`;
  const page = await openPage(browser, folder);
  await page.open(`${base}/`);
  const viaBrowser = async (number) => {
    const expression = `(${follow})(${number}, ${JSON.stringify(types)})`;
    return JSON.parse(await page.evaluate(expression));
  };
  const [seen, tapped] = [[], []];
  await Promise.all([
    each(sourcesAtOnce, async (number) => { seen[number] = await viaBrowser(number); }),
    each(tapsAtOnce, async (number) => { tapped[number] = await viaTap(number, base); }),
  ]);
  let [events, differing] = [0, 0];
  for (let number = 0; number < count; number++) {
    events += seen[number].length;
    if (JSON.stringify(seen[number]) === JSON.stringify(tapped[number])) continue;
    differing++;
    console.log(`stream ${number}: ${JSON.stringify(stream(number).bytes.toString('latin1'))}`);
    console.log(`  Chromium:  ${JSON.stringify(seen[number])}\n  hydrotest: ${JSON.stringify(tapped[number])}`);
  }
  console.log(`${count} streams, ${events} events: ${differing === 0 ? 'equal' : `${differing} differ`}`);
  process.exit(differing === 0 ? 0 : 1);
}
main().catch((error) => {
  console.error(error);
  process.exit(2);
});
