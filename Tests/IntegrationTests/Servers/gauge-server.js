// A clean server of event streams whose state is hard to read. GAUGE says how: plain, blind, cached, collected, pool,
// counter, polite (nothing is ever removed), noisy. LEAK=rst keeps a client whose connection was reset. CACHE_MS is how
// long an answer is kept, SWEEP_MS how often what has ended is collected, POOL how many workers are kept.
'use strict';
const http = require('node:http');
const { GAUGE = 'plain', LEAK = '', CACHE_MS = 5000, SWEEP_MS = 8000, POOL = 60, HEARTBEAT_MS = 500, RETAIN_MS = 0 } =
  process.env;

const clients = new Set();
const ended = new Set();
let pool = 0;
let opened = 0;
let others = 0;
let cached = { at: -Infinity, body: '' };

function leave(res) {
  if (GAUGE === 'polite' || (LEAK === 'rst' && res.socketErrored)) return;
  if (GAUGE === 'collected') ended.add(res);
  else if (Number(RETAIN_MS)) setTimeout(() => clients.delete(res), Number(RETAIN_MS));
  else clients.delete(res);
}

function state() {
  const counts = { clients: clients.size, pool, opened, other: others };
  if (GAUGE === 'blind') return { ...counts, clients: 0 };
  if (GAUGE === 'noisy') return { ...counts, clients: clients.size + others };
  return counts;
}

const server = http.createServer((req, res) => {
  if (req.url.startsWith('/state')) {
    const now = performance.now();
    if (GAUGE !== 'cached' || now - cached.at >= Number(CACHE_MS)) cached = { at: now, body: JSON.stringify(state()) };
    res.writeHead(200, { 'Content-Type': 'application/json' });
    return res.end(cached.body);
  }
  opened += 1;
  if (pool < Number(POOL)) pool += 1;
  req.socket.on('error', () => { res.socketErrored = true; });
  clients.add(res);
  res.on('close', () => leave(res));
  res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  res.write('event: hello\ndata: {}\n\n');
});
setInterval(() => { for (const res of clients) if (!res.destroyed) res.write(': beat\n\n'); }, Number(HEARTBEAT_MS));
if (GAUGE === 'collected') {
  setInterval(() => { for (const res of ended) clients.delete(res); ended.clear(); }, Number(SWEEP_MS));
}
if (GAUGE === 'noisy') setInterval(() => { others = Math.floor(Math.random() * 8); }, 100);
server.keepAliveTimeout = 30000;
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
