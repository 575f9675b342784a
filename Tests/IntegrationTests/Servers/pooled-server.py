"""A server whose requests share a few threads: each open stream holds one. Standard library only.

POOL is the number of threads; SESSION=1 holds a lock for each cookie while its stream is open; SLOTS is the number of
streams after which it answers 503 for good; PATIENCE is how long it waits for a request, in seconds (0: for ever).
Prints its address.
"""

import os
import queue
import socket
import threading
import time

pool = int(os.environ.get("POOL", "100"))
slots = int(os.environ.get("SLOTS", "1000000"))
patience = float(os.environ.get("PATIENCE", "0"))
holds_session = os.environ.get("SESSION") == "1"

waiting = queue.Queue()
sessions = {}
taken = 0
guard = threading.Lock()


def answer(connection, status, body):
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    connection.sendall(head.encode())
    # As a server does that writes head and body apart.
    time.sleep(0.01)
    connection.sendall(body.encode())


def stream(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\ndata: hello\n\n")
    while True:
        time.sleep(0.2)
        connection.sendall(b": beat\n\n")


def handle(connection):
    global taken
    if patience:
        connection.settimeout(patience)
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(4096)
        if not part:
            return
        data += part
    lines = data.decode().split("\r\n")
    if not lines[0].split()[1].startswith("/events"):
        return answer(connection, "200 OK", "ok")
    with guard:
        taken += 1
        is_full = taken > slots
    if is_full:
        secret = next((line for line in lines if line.lower().startswith("authorization")), "")
        return answer(connection, "503 Service Unavailable", f"all {slots} slots are taken; you are {secret}")
    cookie = next((line for line in lines if line.lower().startswith("cookie")), None)
    if not holds_session or cookie is None:
        return stream(connection)
    with guard:
        lock = sessions.setdefault(cookie, threading.Lock())
    with lock:
        stream(connection)


def work():
    while True:
        connection = waiting.get()
        try:
            handle(connection)
        except OSError:
            pass
        finally:
            connection.close()


for _ in range(pool):
    threading.Thread(target=work, daemon=True).start()
listener = socket.create_server(("127.0.0.1", 0), backlog=1000)
print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
while True:
    waiting.put(listener.accept()[0])
