// Ends its streams, by KIND: `cut` and `recycle` at the age of AGE_MS, `idle` AGE_MS after the last event, `kill` when a
// worker process dies, AGE_MS after the first stream. Every stream beats, but for `idle`, whose events are few and stop.
const http = require('http');
const https = require('https');
const fs = require('fs');
const cluster = require('cluster');

const { KIND, AGE_MS, CERT, KEY } = process.env;
const age = Number(AGE_MS);
let served = 0;

function serve(req, res) {
  res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  const number = served++;
  if (KIND === 'recycle') res.write('retry: 300\n');
  res.write('event: hello\ndata: {}\n\n');
  if (KIND === 'idle') return idle(res, number % 4);
  const beat = setInterval(() => res.write(': beat\n\n'), 400);
  res.on('close', () => clearInterval(beat));
  if (KIND === 'cut') setTimeout(() => res.socket && res.socket.destroy(), age);
  if (KIND === 'recycle') setTimeout(() => res.end(), age);
  if (KIND === 'kill' && number === 0) setTimeout(() => process.kill(process.pid, 'SIGKILL'), age);
}

function idle(res, events) {
  let timer;
  const restart = () => {
    clearTimeout(timer);
    timer = setTimeout(() => res.end(), age);
  };
  restart();
  for (let index = 1; index <= events; index++) {
    setTimeout(() => {
      res.write('data: news\n\n');
      restart();
    }, index * 500);
  }
}

const isTLS = Boolean(CERT);
if (KIND === 'kill' && cluster.isPrimary) {
  const worker = cluster.fork();
  worker.on('listening', (address) => console.log(`http://127.0.0.1:${address.port}`));
  worker.on('exit', () => setInterval(() => {}, 1000));
} else {
  const server = isTLS
    ? https.createServer({ cert: fs.readFileSync(CERT), key: fs.readFileSync(KEY) }, serve)
    : http.createServer(serve);
  server.listen(0, '127.0.0.1', () => {
    const address = `127.0.0.1:${server.address().port}`;
    if (!cluster.isWorker) console.log(isTLS ? `https://${address}` : `http://${address}`);
  });
}
