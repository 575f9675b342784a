// An event stream beside what looks like an inspector: it says what it is after DELAY_MS, and then takes no session.
'use strict';
const http = require('node:http');
const { DELAY_MS } = process.env;

const streams = http.createServer((request, response) => {
  if (request.url !== '/events') return response.writeHead(404).end();
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  response.write('data: hello\n\n');
});
const inspector = http.createServer((request, response) => {
  const targets = [{ webSocketDebuggerUrl: `ws://127.0.0.1:${inspector.address().port}/session` }];
  setTimeout(() => response.end(JSON.stringify(targets)), Number(DELAY_MS));
});
inspector.on('upgrade', (request, socket) => socket.destroy());
inspector.listen(0, '127.0.0.1', () => {
  streams.listen(0, '127.0.0.1', () => {
    console.log(`http://127.0.0.1:${streams.address().port}`);
    console.log(`inspector ${inspector.address().port}`);
  });
});
