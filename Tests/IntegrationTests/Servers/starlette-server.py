"""A server of event streams by sse-starlette under uvicorn, on a free port, which is printed.

GET  /events                quiet streams but for the ping, a comment, each second, and one event with the time each
                            250 ms
POST /v1/chat/completions   tokens in OpenAI's streaming format, for a JSON body with a prompt
POST /runs-on               the same, but the work behind it does not hear that its client has gone
GET  /state                 what runs at this moment, as JSON
"""

import asyncio
import json
import socket
import time

import uvicorn
from sse_starlette.sse import EventSourceResponse
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

TOKENS = 40
PACE = 0.02
running = {"streams": 0, "producers": 0}
prompts = set()
tasks = []


async def counted(name, items):
    running[name] += 1
    try:
        async for item in items:
            yield item
    finally:
        running[name] -= 1


async def ticks():
    while True:
        yield {"data": json.dumps({"t": time.time() * 1000})}
        await asyncio.sleep(0.25)


def chunk(delta, reason=None):
    choice = {"index": 0, "delta": delta, "finish_reason": reason}
    return {"data": json.dumps({"object": "chat.completion.chunk", "choices": [choice]})}


async def tokens():
    yield chunk({"role": "assistant", "content": ""})
    for number in range(TOKENS):
        await asyncio.sleep(PACE)
        yield chunk({"content": f"word{number} "})
    yield chunk({}, "stop")
    yield {"data": "[DONE]"}


async def work():
    running["producers"] += 1
    await asyncio.sleep(3600)


async def detached():
    # A task of its own: nobody cancels it when the client goes.
    tasks.append(asyncio.create_task(work()))
    async for item in tokens():
        yield item


async def events(request):
    return EventSourceResponse(counted("streams", ticks()), ping=1)


async def completions(request):
    body = json.loads(await request.body())
    prompts.add(body["messages"][0]["content"])
    return EventSourceResponse(counted("producers", tokens()))


async def runs_on(request):
    return EventSourceResponse(detached())


async def state(request):
    return JSONResponse({**running, "prompts": len(prompts)})


app = Starlette(
    routes=[
        Route("/events", events),
        Route("/v1/chat/completions", completions, methods=["POST"]),
        Route("/runs-on", runs_on, methods=["POST"]),
        Route("/state", state),
    ]
)

listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("127.0.0.1", 0))
print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off")).run(sockets=[listener])
