// A server of event streams with the bug of its kind: a client that closes while it registers stays for ever.
// FIXED=1 inserts the client before the close handler is registered; WINDOW_MS is the pause in between.
'use strict';
const http = require('node:http');
const { randomUUID } = require('node:crypto');
const { setTimeout: sleep } = require('node:timers/promises');
const { FIXED, WINDOW_MS = 20, INACTIVITY_MS = 1500, HEARTBEAT_MS = 0 } = process.env;

class ServerEventsManager {
  clients = new Map();
  clientTimeouts = new Map();
  clientTopics = new Map();

  async registerClient(res, topics) {
    const id = randomUUID(); // (1)
    this.restartTimeout(id); // (2)
    if (FIXED) this.clients.set(id, res);
    res.on('close', () => this.unsubAll(id)); // (3)
    await sleep(Number(WINDOW_MS));
    res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' }); // (4)
    res.write(`event: connected\nid: ${id}\ndata: {"id":"${id}"}\n\n`); // (5)
    if (!FIXED) this.clients.set(id, res); // (6)
    if (topics && this.clients.has(id)) this.clientTopics.set(id, new Set(topics.split(',')));
  }

  restartTimeout(id) {
    clearTimeout(this.clientTimeouts.get(id));
    this.clientTimeouts.set(id, setTimeout(() => this.disconnect(id), Number(INACTIVITY_MS)));
  }

  disconnect(id) {
    this.clients.get(id)?.end();
    this.unsubAll(id);
  }

  unsubAll(id) {
    clearTimeout(this.clientTimeouts.get(id));
    for (const map of [this.clients, this.clientTimeouts, this.clientTopics]) map.delete(id);
  }

  broadcast(topic, data) {
    for (const [id, topics] of this.clientTopics) {
      if (!topics.has(topic)) continue;
      const client = this.clients.get(id);
      client.write(`data: ${data}\n\n`, (error) => error && this.unsubAll(id));
    }
  }

  heartbeat() {
    for (const [id, client] of this.clients) {
      if (client.destroyed || !client.headersSent) continue;
      client.write(': heartbeat\n\n');
      this.restartTimeout(id);
    }
  }
}

const manager = new ServerEventsManager();
const server = http.createServer(async (req, res) => {
  const url = new URL(req.url, 'http://localhost');
  if (url.pathname === '/events') return manager.registerClient(res, url.searchParams.get('topics'));
  const { clients, clientTimeouts, clientTopics } = manager;
  if (url.pathname === '/debug/state') {
    return res.end(JSON.stringify({ clients: clients.size, timers: clientTimeouts.size, topics: clientTopics.size }));
  }
  let body = '';
  for await (const piece of req) body += piece;
  manager.broadcast(url.searchParams.get('topic'), body);
  res.end('{}');
});
if (Number(HEARTBEAT_MS)) setInterval(() => manager.heartbeat(), Number(HEARTBEAT_MS));
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
