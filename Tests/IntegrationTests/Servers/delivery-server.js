// Sends what is posted to /publish to the streams of /events; BUG chooses how it fails. `queue`: all streams take from one
// queue, so that each event goes to one of them. `producer`: the first stream starts what passes events on, and stops it as
// it leaves. `replay`: a stream that comes back is sent what it missed, and subscribed 200 ms later. Without a bug every
// stream gets every event.
'use strict';
const http = require('node:http');
const { BUG = '' } = process.env;
const history = [];
const waiting = [];
const streams = new Set();
let producer;

const eventText = (id) => `id: ${id}\ndata: ${history[id - 1]}\n\n`;

function publish(text) {
  history.push(text);
  const id = history.length;
  if (BUG === 'queue') {
    const response = waiting.shift();
    if (!response) return;
    response.write(eventText(id));
    waiting.push(response);
    return;
  }
  if (BUG === 'producer' && !producer) return;
  for (const response of streams) response.write(eventText(id));
}

function subscribe(response) {
  if (response.destroyed) return;
  streams.add(response);
  waiting.push(response);
}

function leave(response) {
  streams.delete(response);
  if (waiting.includes(response)) waiting.splice(waiting.indexOf(response), 1);
  if (producer === response) producer = undefined;
}

const server = http.createServer((request, response) => {
  if (request.method === 'POST') {
    let body = '';
    request.on('data', (chunk) => { body += chunk; });
    request.on('end', () => {
      publish(body);
      response.end();
    });
    return;
  }
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  response.on('close', () => leave(response));
  const seen = request.headers['last-event-id'];
  const last = seen === undefined ? history.length : Number(seen);
  response.write(`event: hello\nid: ${last}\ndata: \n\n`);
  for (let id = last + 1; id <= history.length; id++) response.write(eventText(id));
  if (!producer && streams.size === 0) producer = response;
  if (BUG === 'replay' && seen !== undefined) {
    setTimeout(() => subscribe(response), 200);
  } else {
    subscribe(response);
  }
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
