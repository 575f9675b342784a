// A healthy server of event streams. KIND=beats: each stream has a comment of its own every 400 ms. KIND=events: every
// stream gets the same event every 100 ms. KIND=pauses: the same, but from time to time there is nothing to say for 2.5 s.
'use strict';
const http = require('node:http');
const { KIND = 'beats' } = process.env;
const streams = new Set();
let number = 0;
const started = Date.now();

if (KIND !== 'beats') {
  setInterval(() => {
    if (KIND === 'pauses' && (Date.now() - started) % 6000 > 3500) return;
    number += 1;
    for (const response of streams) response.write(`data: ${number}\n\n`);
  }, 100);
}

const server = http.createServer((request, response) => {
  if (request.url === '/state') return response.end(JSON.stringify({ streams: streams.size }));
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  response.write('data: hello\n\n');
  streams.add(response);
  const beat = KIND === 'beats' && setInterval(() => response.write(': beat\n\n'), 400);
  response.on('close', () => {
    streams.delete(response);
    clearInterval(beat);
  });
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
