"""A thread waits on a queue for each stream and writes what comes: that a client has left, only a write tells, and of a
client that left in good order only the second. FIX=1: a comment twice a second finds out."""
import http.server, json, os, queue, threading

FIXED = os.environ.get("FIX") == "1"
clients, lock = set(), threading.Lock()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def answer(self, body):
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        text = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        with lock:
            for client in clients:
                client.put(f"data: {text}\n\n")
        self.answer(b"ok")

    def do_GET(self):
        if self.path == "/debug/state":
            with lock:
                count = len(clients)
            return self.answer(json.dumps({"clients": count}).encode())
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-cache")
        self.send_header("Connection", "close")
        self.end_headers()
        client = queue.Queue()
        with lock:
            clients.add(client)
        try:
            self.write(": welcome\n\ndata: welcome\n\n")
            while True:
                try:
                    self.write(client.get(timeout=0.5 if FIXED else None))
                except queue.Empty:
                    self.write(": beat\n\n")
        except OSError:
            pass
        finally:
            with lock:
                clients.discard(client)

    def write(self, text):
        self.wfile.write(text.encode())
        self.wfile.flush()


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128

    def handle_error(self, request, address):
        pass


server = Server(("127.0.0.1", 0), Handler)
print(f"http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
