"""Ends its streams at the age of AGE_MS, by KIND: `cut` within the chunked body, `recycle` in good order, `reset` by RST."""

import os
import socket
import struct
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KIND = os.environ["KIND"]
AGE = int(os.environ["AGE_MS"]) / 1000


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        start = time.monotonic()
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-cache")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        try:
            self.chunk("event: hello\ndata: {}\n\n")
            number = 0
            while (left := start + AGE - time.monotonic()) > 0:
                time.sleep(min(left, 0.3))
                if time.monotonic() < start + AGE:
                    number += 1
                    self.chunk(f"event: tick\ndata: {number}\n\n")
            if KIND == "recycle":
                self.wfile.write(b"0\r\n\r\n")
            elif KIND == "reset":
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        except OSError:
            pass

    def finish(self):
        super().finish()
        if KIND == "reset":
            self.connection.close()

    def chunk(self, text):
        body = text.encode()
        self.wfile.write(f"{len(body):x}\r\n".encode() + body + b"\r\n")

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def shutdown_request(self, request):
        # A shutdown before the close would send a FIN in the place of the RST.
        if KIND == "reset":
            self.close_request(request)
        else:
            super().shutdown_request(request)


server = Server(("127.0.0.1", 0), Handler)
print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
threading.Thread(target=server.serve_forever).start()
