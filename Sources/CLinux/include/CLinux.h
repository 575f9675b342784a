#pragma once
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <time.h>

// epoll_event is packed on x86-64; these keep its layout out of Swift.

static inline int hydrotest_epoll_control(int epoll, int operation, int descriptor, uint32_t events, uint64_t token) {
    struct epoll_event event;
    event.events = events;
    event.data.u64 = token;
    return epoll_ctl(epoll, operation, descriptor, &event);
}

static inline uint64_t hydrotest_epoll_token(const struct epoll_event *event) { return event->data.u64; }

// Waits with nanosecond resolution; a negative timeout waits for ever.
int hydrotest_epoll_wait(int epoll, struct epoll_event *events, int capacity, int64_t timeout_ns);

// Sleeps until a moment of CLOCK_MONOTONIC, in ns; a signal may end it early.
void hydrotest_sleep_until(uint64_t moment_ns);

// The name of an errno value ("ECONNRESET"), or NULL for an unknown one.
const char *hydrotest_errno_name(int number);

// Accepts a connection as a nonblocking, close-on-exec socket; -1 with errno otherwise.
int hydrotest_accept(int listener);

// Makes a pipe whose ends are closed in children that do not ask for them.
int hydrotest_pipe(int ends[2]);

// Has a child start in a folder, by its posix_spawn_file_actions_t; 0, or the errno.
int hydrotest_spawn_in_folder(void *actions, const char *folder);

// Asks the kernel to tell when it received the bytes of a socket (SO_TIMESTAMPNS); 0, or -1 with errno.
int hydrotest_stamp_received(int descriptor);

// Reads like recv(2), and sets when the kernel received the last of the bytes, in ns of CLOCK_REALTIME; 0 where it
// does not say.
ssize_t hydrotest_receive(int descriptor, void *buffer, size_t capacity, uint64_t *received_ns);

// Names the calling thread; the kernel cuts the name to 15 bytes.
void hydrotest_name_thread(const char *name);

// Lets waits of this thread end within a microsecond of their moment instead of the default 50.
void hydrotest_tighten_timer_slack(void);

static inline uint64_t hydrotest_realtime_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static inline uint64_t hydrotest_monotonic_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}
// Memory of zeros that grows without being copied (mmap(2), mremap(2)); NULL where there is none.
void *hydrotest_map(size_t bytes);
void *hydrotest_remap(void *memory, size_t bytes, size_t larger);
void hydrotest_unmap(void *memory, size_t bytes);

