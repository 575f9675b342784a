"""sse-starlette under uvicorn, as its own documentation sets it up: GET /events, POST /broadcast."""

import asyncio
import socket
import sys

import uvicorn
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

clients: set[asyncio.Queue] = set()
number = 0


async def events(request):
    queue = asyncio.Queue()

    async def stream():
        clients.add(queue)
        try:
            yield ServerSentEvent(data="hello", event="connected")
            while True:
                number, text = await queue.get()
                yield ServerSentEvent(data=text, id=str(number))
        finally:
            clients.discard(queue)

    return EventSourceResponse(stream(), ping=1)


async def broadcast(request):
    global number
    number += 1
    text = (await request.body()).decode()
    for queue in clients:
        queue.put_nowait((number, text))
    return JSONResponse({"reached": len(clients)})


app = Starlette(routes=[Route("/events", events), Route("/broadcast", broadcast, methods=["POST"])])
listener = socket.create_server(("127.0.0.1", 0))
print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])
sys.exit(0)
