"""Event streams on asyncio whose task outlives its client and ends the process: DEATH=1, DELAY_MS after the client left."""
import asyncio
import os

DELAY = float(os.environ.get("DELAY_MS", "1500")) / 1000
BEAT = 1.0


async def linger():
    """What a client leaves behind: it fails once the client's resources are used."""
    await asyncio.sleep(DELAY)
    os._exit(3)


async def serve(reader, writer):
    try:
        head = await reader.readuntil(b"\r\n\r\n")
        if head.startswith(b"GET /healthz"):
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
            await writer.drain()
            return
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\nevent: hello\ndata: {}\n\n"
        )
        ended = asyncio.ensure_future(reader.read())
        while not ended.done():
            writer.write(b": beat\n\n")
            await writer.drain()
            await asyncio.wait([ended], timeout=BEAT)
        ended.exception()
        if os.environ.get("DEATH"):
            LEFT.add(asyncio.ensure_future(linger()))
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        pass
    except ConnectionError:
        if os.environ.get("DEATH"):
            LEFT.add(asyncio.ensure_future(linger()))
    finally:
        writer.close()


LEFT = set()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", int(os.environ.get("PORT", "0")))
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


asyncio.run(main())
