"""Three workers that share one listening socket; each knows its own clients alone, and a reset leaks the client.

Prints the shared address, then the address at which each worker tells its state on a port of its own.
GET /events, GET /state (with its pid), GET /share (without).
"""

import json
import os
import signal
import socket
import threading
import time

WORKERS = 3
clients = set()


def stream(connection, number):
    connection.sendall(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"
    )
    clients.add(number)
    connection.settimeout(0.25)
    while True:
        # The bug: only an end in good order is taken for one.
        try:
            connection.sendall(b"data: tick\n\n")
            if not connection.recv(1024):
                break
        except TimeoutError:
            continue
    clients.discard(number)


def answer(connection, document):
    body = json.dumps(document).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    connection.sendall(head.encode() + body)


def serve(connection, number):
    with connection:
        try:
            request = b""
            while b"\r\n\r\n" not in request:
                part = connection.recv(4096)
                if not part:
                    return
                request += part
            path = request.split(b" ")[1].decode()
            if path == "/events":
                stream(connection, number)
            elif path == "/state":
                answer(connection, {"clients": len(clients), "pid": os.getpid()})
            else:
                answer(connection, {"clients": len(clients)})
        except OSError:
            pass


def accept(listener):
    number = listener.fileno() << 32
    while True:
        # The kernel wakes those that wait in turn.
        connection, _ = listener.accept()
        number += 1
        threading.Thread(target=serve, args=(connection, number), daemon=True).start()


def work(shared, own):
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = os.getppid()
    for listener in (shared, own):
        threading.Thread(target=accept, args=(listener,), daemon=True).start()
    # No worker outlives its parent.
    while os.getppid() == parent:
        time.sleep(0.1)


shared = socket.create_server(("127.0.0.1", 0), backlog=512)
owns = [socket.create_server(("127.0.0.1", 0)) for _ in range(WORKERS)]
children = []
for own in owns:
    child = os.fork()
    if child == 0:
        work(shared, own)
        os._exit(0)
    children.append(child)
print(f"http://127.0.0.1:{shared.getsockname()[1]}", flush=True)
print("workers " + " ".join(f"http://127.0.0.1:{own.getsockname()[1]}" for own in owns), flush=True)
for child in children:
    os.waitpid(child, 0)
