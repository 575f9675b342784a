// A slot is taken, a session is looked up, and only then is anybody told of a close. KIND=node: 503 once no slot is free;
// KIND=silent: whoever comes then waits for ever. KIND=late:
// who has left is noticed at the next heartbeat. FIX=1: the close is listened to first.
'use strict';
const http = require('http');
const limit = Number(process.env.LIMIT || 30);
const lookup = Number(process.env.LOOKUP_MS || 60);
const silent = process.env.KIND === 'silent';
const late = process.env.KIND === 'late';
const fixed = process.env.FIX === '1';
let slots = 0;

const server = http.createServer(async (request, response) => {
  if (request.url === '/debug/state') return response.end(JSON.stringify({ slots }));
  if (slots >= limit) return silent ? undefined : response.writeHead(503).end('all slots are taken');
  slots += 1;
  let isGone = false;
  const leave = () => {
    if (!isGone) slots -= 1;
    isGone = true;
  };
  if (fixed) response.on('close', leave);
  await new Promise((done) => setTimeout(done, lookup));
  if (isGone) return;
  if (late) {
    const beat = setInterval(() => {
      if (!response.destroyed) return response.write(': beat\n\n');
      clearInterval(beat);
      leave();
    }, 4000);
  } else if (!fixed) response.on('close', leave);
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  response.write('data: welcome\n\n');
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
