// Servers that break their promises. Listens once for every hostility and prints "NAME PORT" for each.
// With CERT and KEY, two PEM files, it speaks TLS on one more port, `tls`.
'use strict';
const fs = require('node:fs');
const net = require('node:net');
const tls = require('node:tls');
const zlib = require('node:zlib');

const stream = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n';
const page = (status, type) => `HTTP/1.1 ${status}\r\nContent-Type: ${type}\r\nContent-Length: 2\r\n\r\nno`;

// Calls back once the empty line after a request head has come.
function afterRequest(socket, act) {
  let text = '';
  socket.on('data', (bytes) => {
    if (text === null) return;
    text += bytes.toString('latin1');
    if (!text.includes('\r\n\r\n')) return;
    text = null;
    act();
  });
}

// Writes a piece again and again, as fast as the peer takes it, until it closes or a number of bytes is reached.
function pour(socket, piece, limit) {
  let sent = 0;
  const more = () => {
    while (!socket.destroyed && sent < limit) {
      sent += piece.length;
      if (!socket.write(piece)) return;
    }
    if (sent >= limit) socket.end();
  };
  socket.on('drain', more);
  more();
}

const gibibyte = 2 ** 30;
const bomb = zlib.gzipSync(Buffer.alloc(64 * 2 ** 20, ': nothing\n'));
const answer = (act) => (socket) => afterRequest(socket, () => act(socket));

const hostilities = {
  'not-found': answer((socket) => socket.end(page('404 Not Found', 'text/plain'))),
  html: answer((socket) => socket.end(page('200 OK', 'text/html'))),
  silent: (socket) => socket.resume(),
  'endless-headers': answer((socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    pour(socket, Buffer.from('X-Padding: ' + 'x'.repeat(1000) + '\r\n'), gibibyte);
  }),
  'long-line': answer((socket) => {
    socket.write(stream + '\r\ndata: ');
    pour(socket, Buffer.alloc(64 * 1024, 'x'), gibibyte);
  }),
  'long-event': answer((socket) => {
    socket.write(stream + '\r\n');
    pour(socket, Buffer.alloc(64 * 1024, 'data: ' + 'x'.repeat(57) + '\n'), gibibyte);
  }),
  'gzip-bomb': answer((socket) => {
    socket.write(stream + 'Content-Encoding: gzip\r\n\r\n');
    socket.write(bomb);
  }),
  'bad-gzip': answer((socket) => socket.write(stream + 'Content-Encoding: gzip\r\n\r\nthis is no gzip member')),
  'bad-chunk': answer((socket) => socket.write(stream + 'Transfer-Encoding: chunked\r\n\r\nZZ\r\ndata: x\r\n')),
  truncated: answer((socket) => socket.end(stream + 'Content-Length: 1000\r\n\r\n: hello\n')),
  reset: (socket) => socket.resetAndDestroy(),
  close: (socket) => socket.resume().end(),
  // Nothing of the request is ever read.
  'early-answer': (socket) => socket.write(page('413 Content Too Large', 'text/plain')),
};

function listen(name, server) {
  server.listen(0, '127.0.0.1', () => console.log(`${name} ${server.address().port}`));
}

const quiet = (act) => (socket) => {
  socket.on('error', () => {});
  act(socket);
};
for (const [name, act] of Object.entries(hostilities)) {
  listen(name, net.createServer({ pauseOnConnect: name === 'early-answer' }, quiet(act)));
}
if (process.env.CERT) {
  const options = { cert: fs.readFileSync(process.env.CERT), key: fs.readFileSync(process.env.KEY) };
  listen('tls', tls.createServer(options, quiet((socket) => socket.resume())).on('tlsClientError', () => {}));
}
