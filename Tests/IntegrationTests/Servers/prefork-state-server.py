# A server of event streams in three processes that share one listening socket, as gunicorn's workers do. /state is answered
# by whichever process got the connection. LEAK=rst keeps a client whose connection was reset; PID= leaves out the pid.
import json
import os
import signal
import socket
import sys
import threading

LEAK = os.environ.get('LEAK', '')
TELLS_PID = os.environ.get('PID', '1') != ''
WORKERS = 3


def serve(connection, clients, lock):
    with connection:
        head = b''
        while b'\r\n\r\n' not in head:
            try:
                piece = connection.recv(4096)
            except ConnectionResetError:
                return
            if not piece:
                return
            head += piece
        if head.split(b' ')[1].startswith(b'/state'):
            with lock:
                state = {'clients': len(clients), **({'pid': os.getpid()} if TELLS_PID else {})}
            body = json.dumps(state).encode()
            connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n'
                               b'Content-Length: %d\r\n\r\n%s' % (len(body), body))
            return
        with lock:
            clients.add(connection)
        try:
            connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n'
                               b'event: hello\ndata: {}\n\n')
            while connection.recv(4096):
                pass
        except OSError:
            if LEAK == 'rst':
                return
        with lock:
            clients.discard(connection)


def work(listener):
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    clients, lock = set(), threading.Lock()
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=serve, args=(connection, clients, lock), daemon=True).start()


listener = socket.create_server(('127.0.0.1', 0), backlog=512)
children = []
for _ in range(WORKERS):
    child = os.fork()
    if child == 0:
        work(listener)
    children.append(child)
print(f'http://127.0.0.1:{listener.getsockname()[1]}', flush=True)


def stop(*_):
    for child in children:
        os.kill(child, signal.SIGTERM)
    sys.exit(0)


signal.signal(signal.SIGTERM, stop)
signal.signal(signal.SIGINT, stop)
while True:
    signal.pause()
