// Streams that must be asked for in a certain way, and addresses that send elsewhere. With CERT and KEY, a second server
// over TLS sends every request to the same path of the plain one.
'use strict';
const fs = require('node:fs');
const http = require('node:http');
const https = require('node:https');
const { CERT, KEY } = process.env;
const streams = new Set();

function stream(response) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  response.write('data: hello\n\n');
  streams.add(response);
  const beat = setInterval(() => response.write(': beat\n\n'), 200);
  response.on('close', () => {
    streams.delete(response);
    clearInterval(beat);
  });
}

function refuse(response, status, reason) {
  response.writeHead(status, { 'Content-Type': 'text/plain' });
  response.end(reason);
}

function send(response, status, location) {
  response.writeHead(status, { Location: location, 'Content-Length': 0 });
  response.end();
}

const server = http.createServer((request, response) => {
  let body = '';
  request.on('data', (piece) => { body += piece; });
  request.on('end', () => {
    const { port } = server.address();
    const { method, headers } = request;
    const url = new URL(request.url, 'http://localhost');
    switch (url.pathname) {
      case '/debug/state': return response.end(JSON.stringify({ streams: streams.size }));
      case '/chat': {
        if (method !== 'POST') return refuse(response, 405, 'POST, please');
        if (headers['content-type'] !== 'application/json') return refuse(response, 415, 'JSON, please');
        if (headers.authorization !== 'Bearer hush') return refuse(response, 401, 'who?');
        if (url.searchParams.get('access_token') !== 'sesame') return refuse(response, 401, 'what?');
        const { stream: streaming, password, text } = JSON.parse(body);
        if (!streaming || password !== 'sec"ret' || text !== 'a\n${b} ü') return refuse(response, 422, body);
        return stream(response);
      }
      case '/old/chat': return send(response, 307, `../chat${url.search}`);
      case '/done': return send(response, 303, '/events');
      case '/events': return method === 'GET' && !body ? stream(response) : refuse(response, 405, 'GET, please');
      case '/loop': return send(response, 302, '/pool');
      case '/pool': return send(response, 302, '/loop');
      case '/on': return send(response, 308, `/on?${Number(url.search.slice(1)) + 1}`);
      case '/away': return send(response, 307, `http://localhost:${port}/bare`);
      case '/bare':
        if (headers.authorization || headers.cookie) return refuse(response, 403, 'not for me');
        return headers['x-tenant'] === 'a' ? stream(response) : refuse(response, 400, 'whose?');
      default: return refuse(response, 404, 'nothing');
    }
  });
});
server.listen(0, '127.0.0.1', () => {
  const plain = `http://127.0.0.1:${server.address().port}`;
  console.log(plain);
  if (!CERT) return;
  const options = { cert: fs.readFileSync(CERT), key: fs.readFileSync(KEY) };
  const secure = https.createServer(options, (request, response) => send(response, 307, plain + request.url));
  secure.listen(0, '127.0.0.1', () => console.log(`https://127.0.0.1:${secure.address().port}`));
});
