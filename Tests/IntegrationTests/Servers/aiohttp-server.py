"""aiohttp-sse, as its own documentation sets it up: GET /events, POST /broadcast."""

import asyncio
import socket

from aiohttp import web
from aiohttp_sse import sse_response

clients: set[asyncio.Queue] = set()
number = 0


async def events(request):
    queue = asyncio.Queue()
    async with sse_response(request, ping_interval=1) as response:
        clients.add(queue)
        try:
            await response.send("hello", event="connected")
            while response.is_connected():
                number, text = await queue.get()
                await response.send(text, id=str(number))
        finally:
            clients.discard(queue)
    return response


async def broadcast(request):
    global number
    number += 1
    text = await request.text()
    for queue in clients:
        queue.put_nowait((number, text))
    return web.json_response({"reached": len(clients)})


app = web.Application()
app.router.add_get("/events", events)
app.router.add_post("/broadcast", broadcast)
listener = socket.create_server(("127.0.0.1", 0))
print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
web.run_app(app, sock=listener, print=None, access_log=None)
