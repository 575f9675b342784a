#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

// glibc 2.32 and later.
extern const char *strerrorname_np(int number);

int hydrotest_epoll_wait(int epoll, struct epoll_event *events, int capacity, int64_t timeout_ns) {
    if (timeout_ns < 0) {
        return epoll_wait(epoll, events, capacity, -1);
    }
    struct timespec timeout = {
        .tv_sec = (time_t)(timeout_ns / 1000000000),
        .tv_nsec = (long)(timeout_ns % 1000000000),
    };
    static _Atomic int lacks_pwait2;
    if (!lacks_pwait2) {
        int count = epoll_pwait2(epoll, events, capacity, &timeout, NULL);
        if (count >= 0 || errno != ENOSYS) {
            return count;
        }
        // Linux before 5.11, some sandboxes, and valgrind: waits end up to a millisecond late.
        lacks_pwait2 = 1;
    }
    int64_t milliseconds = timeout_ns / 1000000 + (timeout_ns % 1000000 > 0);
    return epoll_wait(epoll, events, capacity, milliseconds < 86400000 ? (int)milliseconds : 86400000);
}

void hydrotest_sleep_until(uint64_t moment_ns) {
    struct timespec moment = {
        .tv_sec = (time_t)(moment_ns / 1000000000),
        .tv_nsec = (long)(moment_ns % 1000000000),
    };
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &moment, NULL);
}

const char *hydrotest_errno_name(int number) { return strerrorname_np(number); }

int hydrotest_accept(int listener) { return accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC); }

void hydrotest_tighten_timer_slack(void) { prctl(PR_SET_TIMERSLACK, 1000UL); }

void hydrotest_name_thread(const char *name) { prctl(PR_SET_NAME, name); }

int hydrotest_spawn_in_folder(void *actions, const char *folder) {
    return posix_spawn_file_actions_addchdir_np(actions, folder);
}

int hydrotest_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int hydrotest_stamp_received(int descriptor) {
    int on = 1;
    return setsockopt(descriptor, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
}

ssize_t hydrotest_receive(int descriptor, void *buffer, size_t capacity, uint64_t *received_ns) {
    union {
        char bytes[CMSG_SPACE(sizeof(struct timespec))];
        struct cmsghdr alignment;
    } control;
    struct iovec part = {.iov_base = buffer, .iov_len = capacity};
    struct msghdr message = {
        .msg_iov = &part,
        .msg_iovlen = 1,
        .msg_control = control.bytes,
        .msg_controllen = sizeof control.bytes,
    };
    ssize_t count = recvmsg(descriptor, &message, 0);
    *received_ns = 0;
    if (count <= 0) return count;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_TIMESTAMPNS) {
            struct timespec received;
            memcpy(&received, CMSG_DATA(header), sizeof received);
            *received_ns = (uint64_t)received.tv_sec * 1000000000u + (uint64_t)received.tv_nsec;
        }
    }
    return count;
}

void *hydrotest_map(size_t bytes) {
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

void *hydrotest_remap(void *memory, size_t bytes, size_t larger) {
    void *moved = mremap(memory, bytes, larger, MREMAP_MAYMOVE);
    return moved == MAP_FAILED ? NULL : moved;
}

void hydrotest_unmap(void *memory, size_t bytes) { munmap(memory, bytes); }
