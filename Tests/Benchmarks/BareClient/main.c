// A bare epoll client: opens streams, reads them, parses nothing. What the load generator is measured against.
//
// Usage: BareClient ADDRESS PORT PATH COUNT RATE [tls]
// Prints "open" once every stream has answered, and on SIGTERM "reads N bytes N" before it ends.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { STREAMS_PER_SOURCE = 4000 };
enum state { CONNECTING, HANDSHAKING, WAITING, OPEN };

struct stream {
    SSL *session;
    int descriptor;
    enum state state;
};

static volatile sig_atomic_t stopped;
static char buffer[64 << 10];
static char request[1024];
static int request_length;
static uint64_t reads, bytes;
static int open_count;

static void stop(int signal) {
    (void)signal;
    stopped = 1;
}

static uint64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void start(struct stream *stream, int number, const struct sockaddr_in *target, int epoll, SSL_CTX *context) {
    stream->descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (stream->descriptor < 0) fail("socket");
    int on = 1;
    setsockopt(stream->descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    // A close leaves no port behind that the next client would have to search around.
    struct linger reset = {.l_onoff = 1, .l_linger = 0};
    setsockopt(stream->descriptor, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    // As the load generator does: from one address the kernel's search for a free port grows with the streams.
    if (number >= STREAMS_PER_SOURCE) {
        struct sockaddr_in source = {.sin_family = AF_INET};
        source.sin_addr.s_addr = htonl(INADDR_LOOPBACK + (uint32_t)(number / STREAMS_PER_SOURCE));
        setsockopt(stream->descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
        if (bind(stream->descriptor, (struct sockaddr *)&source, sizeof source) < 0) fail("bind");
    }
    if (connect(stream->descriptor, (const struct sockaddr *)target, sizeof *target) < 0 && errno != EINPROGRESS) {
        fail("connect");
    }
    if (context) {
        stream->session = SSL_new(context);
        SSL_set_fd(stream->session, stream->descriptor);
        SSL_set_connect_state(stream->session);
        SSL_set_tlsext_host_name(stream->session, "localhost");
    }
    stream->state = CONNECTING;
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = stream};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, stream->descriptor, &event) < 0) fail("epoll_ctl");
}

static void send_request(struct stream *stream) {
    int sent = stream->session ? SSL_write(stream->session, request, request_length)
                               : (int)send(stream->descriptor, request, (size_t)request_length, MSG_NOSIGNAL);
    if (sent != request_length) fail("send");
    stream->state = WAITING;
}

// Returns whether bytes were read that may not be the last.
static int read_some(struct stream *stream) {
    int count = stream->session ? SSL_read(stream->session, buffer, sizeof buffer)
                                : (int)recv(stream->descriptor, buffer, sizeof buffer, 0);
    if (count <= 0) return 0;
    if (stream->state == WAITING) {
        stream->state = OPEN;
        open_count++;
    }
    reads++;
    bytes += (uint64_t)count;
    return stream->session || count == (int)sizeof buffer;
}

static void ready(struct stream *stream) {
    if (stream->state == CONNECTING) {
        int error = 0;
        socklen_t length = sizeof error;
        getsockopt(stream->descriptor, SOL_SOCKET, SO_ERROR, &error, &length);
        if (error) {
            errno = error;
            fail("connect");
        }
        stream->state = HANDSHAKING;
    }
    if (stream->state == HANDSHAKING) {
        if (stream->session && SSL_do_handshake(stream->session) != 1) return;
        send_request(stream);
    }
    while (read_some(stream)) {
    }
}

static SSL_CTX *make_context(void) {
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    return context;
}

int main(int argc, char **argv) {
    if (argc < 6) {
        fprintf(stderr, "usage: BareClient ADDRESS PORT PATH COUNT RATE [tls]\n");
        return 64;
    }
    int count = atoi(argv[4]);
    double rate = atof(argv[5]);
    SSL_CTX *context = argc > 6 ? make_context() : NULL;
    struct sockaddr_in target = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[2]))};
    inet_pton(AF_INET, argv[1], &target.sin_addr);
    request_length = snprintf(request, sizeof request,
                              "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n", argv[3]);
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    signal(SIGTERM, stop);
    signal(SIGPIPE, SIG_IGN);
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    struct stream *streams = calloc((size_t)count, sizeof *streams);
    static struct epoll_event events[512];
    // The same pause before the first stream as the load generator makes, to read the figures in.
    printf("ready\n");
    fflush(stdout);
    sleep(2);
    uint64_t started = now_ns();
    int begun = 0, told = 0;
    while (!stopped) {
        while (begun < count && now_ns() - started >= (uint64_t)(begun / rate * 1e9)) {
            start(&streams[begun], begun, &target, epoll, context);
            begun++;
        }
        int found = epoll_wait(epoll, events, 512, begun < count ? 1 : -1);
        for (int index = 0; index < found; index++) ready(events[index].data.ptr);
        if (!told && open_count == count) {
            told = 1;
            printf("open\n");
            fflush(stdout);
        }
    }
    printf("reads %llu bytes %llu\n", (unsigned long long)reads, (unsigned long long)bytes);
    return 0;
}
