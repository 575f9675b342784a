"""Threads that write to all clients under one lock: a client that does not read keeps the lock. FIX=1 writes without it,
and lets go of a client that takes nothing for a second."""
import http.server
import os
import socket
import threading
import time

FIXED = os.environ.get("FIX") == "1"
lock = threading.Lock()
clients = set()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        gone = threading.Event()
        entry = (self.connection, gone)
        self.connection.settimeout(1 if FIXED else None)
        with lock:
            clients.add(entry)
        if FIXED:
            self.follow(entry)
        gone.wait()
        with lock:
            clients.discard(entry)

    def follow(self, entry):
        """A writer of its own for each client."""
        while True:
            time.sleep(0.2)
            try:
                self.connection.sendall(event())
            except OSError:
                entry[1].set()
                return

    def log_message(self, *_):
        pass


def event():
    return b": tick\n\ndata: " + b"y" * 400_000 + b"\n\n"


def tick():
    while True:
        time.sleep(0.2)
        with lock:
            for connection, gone in list(clients):
                try:
                    connection.sendall(event())
                except OSError:
                    gone.set()
                    clients.discard((connection, gone))


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


server = Server(("127.0.0.1", 0), Handler)
if not FIXED:
    threading.Thread(target=tick, daemon=True).start()
print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
server.serve_forever()
