// Event streams whose timer outlives its client: DEATH=throw, as of an exception in an interval, or hang, an endless loop,
// DELAY_MS after the client left. Without DEATH it is well..
const http = require('node:http');
const death = process.env.DEATH, delay = Number(process.env.DELAY_MS ?? 1000);
http.createServer((request, response) => {
  if (request.url.startsWith('/healthz')) return response.end('ok');
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  response.write('event: hello\ndata: {}\n\n');
  const beat = setInterval(() => response.write(': beat\n\n'), 500);
  response.on('close', () => {
    clearInterval(beat);
    if (death) setTimeout(() => {
      if (death === 'hang') for (;;);
      throw new Error('a controller that is closed');
    }, delay);
  });
}).listen(Number(process.env.PORT ?? 0), '127.0.0.1', function () {
  console.log(`http://127.0.0.1:${this.address().port}`);
});
