import EventLoop
import Glibc
import Vocabulary
import Record
import RunProfile
import TestTurns
import Testing

@testable import Probe

/// Other tests of this process open and close descriptors too, so exact counts are taken of a child.
@Suite(.serialized, Turn.sideBySide) struct ProcessGaugeReaderTests {
    private func value(_ reader: ProcessGaugeReader, _ name: String) throws -> Double {
        let index = try #require(reader.gauges.firstIndex { $0.name == name })
        guard case .value(let value) = reader.read()[index] else {
            Issue.record("\(name) is a gap")
            return .nan
        }
        return value
    }

    @Test func describesItsGauges() throws {
        let reader = try ProcessGaugeReader(probe: "p", pid: getpid(), gauges: ProbeOptions.ProcessGauge.allCases)
        #expect(
            reader.gauges.map(\.name) == [
                "fds", "sockets", "sockets.ESTABLISHED", "sockets.SYN_RECV", "sockets.FIN_WAIT1", "sockets.FIN_WAIT2",
                "sockets.CLOSE_WAIT", "sockets.LAST_ACK", "sockets.CLOSING", "rss", "threads", "private", "fds.socket",
                "fds.pipe", "fds.file", "fds.eventpoll", "fds.other", "sockets.orphaned", "sockets.receiveQueue",
                "sockets.sendQueue",
            ]
        )
        #expect(
            reader.gauges.filter { $0.unit == .bytes }.map(\.name)
                == ["rss", "private", "sockets.receiveQueue", "sockets.sendQueue"]
        )
        #expect(reader.gauges.filter(\.isDetail).count == 7)
        #expect(reader.read().count == reader.gauges.count)
    }

    @Test func countsTheDescriptorsOfAChild() throws {
        let child = try ChildProcess()
        defer { child.kill(); child.reap() }
        let reader = try ProcessGaugeReader(probe: "p", pid: child.pid, gauges: [.fds, .threads, .rss])
        // What the child may have inherited.
        try child.run("exec 7<&- 8<&- 9<&-")
        #expect(try value(reader, "threads") == 1)
        #expect(try value(reader, "rss") > 4096)
        let before = try value(reader, "fds")
        try child.run("exec 7</dev/null 8</dev/null 9</dev/null")
        #expect(try value(reader, "fds") == before + 3)
        try child.run("exec 8<&-")
        #expect(try value(reader, "fds") == before + 2)
    }

    @Test func tellsTheKindsOfDescriptors() throws {
        let child = try ChildProcess()
        defer { child.kill(); child.reap() }
        let kinds: [ProbeOptions.ProcessGauge] = [
            .socketDescriptors, .pipeDescriptors, .fileDescriptors, .eventPollDescriptors, .otherDescriptors,
        ]
        let reader = try ProcessGaugeReader(probe: "p", pid: child.pid, gauges: [.fds] + kinds)
        try child.run("exec 7<&- 8<&- 9<&-")
        let before = try kinds.map { try value(reader, $0.rawValue) }
        #expect(before.reduce(0, +) == (try value(reader, "fds")))
        // Its console, twice at least.
        #expect(before[0] >= 2)
        try child.run("exec 7</dev/null 8</dev/null 9<&0")
        let after = try kinds.map { try value(reader, $0.rawValue) }
        #expect(zip(before, after).map { $1 - $0 } == [1, 0, 2, 0, 0])
    }

    @Test func readsPrivateMemory() throws {
        let child = try ChildProcess()
        defer { child.kill(); child.reap() }
        let reader = try ProcessGaugeReader(probe: "p", pid: child.pid, gauges: [.privateMemory, .rss])
        let bytes = try value(reader, "private")
        #expect(bytes > 0)
        #expect(bytes <= (try value(reader, "rss")))
    }

    @Test func addsUpChildren() throws {
        let child = try ChildProcess()
        defer { child.kill(); child.reap() }
        let alone = try ProcessGaugeReader(probe: "p", pid: child.pid, gauges: [.threads])
        let family = try ProcessGaugeReader(probe: "p", pid: child.pid, gauges: [.threads], children: true)
        #expect(try value(family, "threads") == 1)
        // A shell of its own, and what that runs.
        try child.run("(sleep 600; :) >/dev/null &")
        defer { endDescendants(of: child) }
        #expect(try (0..<100_000).contains { _ in try value(family, "threads") == 3 })
        #expect(try value(alone, "threads") == 1)
        endDescendants(of: child)
        #expect(try (0..<100_000).contains { _ in try value(family, "threads") == 1 })
    }

    private func endDescendants(of child: ChildProcess) {
        guard let directory = try? ProcessDirectory(pid: child.pid) else { return }
        for process in (try? ProcessTree.descendants(of: [directory])) ?? [] { _ = kill(process.pid, SIGKILL) }
    }

    @Test func seesWhatWasNotRead() throws {
        let server = try LoopbackServer()
        let reader = try ProcessGaugeReader(
            probe: "p",
            port: server.port,
            gauges: [.receiveQueue, .sendQueue, .orphanedSockets]
        )
        try server.connect(2)
        #expect(reader.read() == [.value(0), .value(0), .value(0)])
        try server.send("hello")
        #expect(reader.read() == [.value(10), .value(0), .value(0)])
        server.closeClients()
        #expect(reader.read()[2] == .value(0))
    }

    /// Descriptors of other tests come and go, so a reading between two equal counts is looked for.
    @Test func doesNotCountItsOwnDescriptors() throws {
        let directory = try ProcessDirectory(pid: getpid())
        let reader = try ProcessGaugeReader(probe: "p", pid: getpid(), gauges: [.fds, .sockets])
        let agrees = try (0..<10_000).contains { _ in
            let before = try directory.descriptorCount()
            let reading = try value(reader, "fds")
            let after = try directory.descriptorCount()
            // Its own: the process's directory and the netlink socket.
            return before == after && reading == Double(before - 2)
        }
        #expect(agrees)
    }

    @Test func findsTheProcessThatListens() throws {
        let server = try LoopbackServer()
        let reader = try ProcessGaugeReader(probe: "p", port: server.port, gauges: [.sockets])
        #expect(reader.processNumbers == [getpid()])
        #expect(try value(reader, "sockets") == 0)
        try server.connect(5)
        #expect(try value(reader, "sockets") == 5)
        #expect(try value(reader, "sockets.ESTABLISHED") == 5)
        server.closeClients()
        #expect(try value(reader, "sockets") == 5)
        #expect(try value(reader, "sockets.ESTABLISHED") == 0)
        #expect(try value(reader, "sockets.CLOSE_WAIT") == 5)
    }

    @Test func saysWhenNobodyListens() throws {
        let port = try LoopbackServer().port
        #expect(throws: ProcessProbeError.noListener(port: port)) {
            try ProcessGaugeReader(probe: "p", port: port, gauges: [.fds])
        }
    }

    @Test func countsNoSocketsOfAProcessThatDoesNotListen() throws {
        let child = try ChildProcess()
        defer { child.kill(); child.reap() }
        let reader = try ProcessGaugeReader(probe: "p", pid: child.pid, gauges: [.sockets, .threads])
        let readings = reader.read()
        #expect(readings.first == .gap("NOT_LISTENING"))
        #expect(readings.last == .value(1))
    }

    @Test func aProcessThatEndsIsGone() throws {
        let child = try ChildProcess()
        let reader = try ProcessGaugeReader(probe: "p", pid: child.pid, gauges: [.fds, .rss])
        #expect(!reader.read().contains(.gap("PROCESS_GONE")))
        child.kill()
        #expect(reader.read() == [.gap("PROCESS_GONE"), .gap("PROCESS_GONE")])
        child.reap()
        #expect(reader.read() == [.gap("PROCESS_GONE"), .gap("PROCESS_GONE")])
    }

    @Test func refusesANumberThatNoProcessHas() {
        #expect(throws: ProcessProbeError.noProcess(pid: .max)) {
            try ProcessGaugeReader(probe: "p", pid: .max, gauges: [.fds])
        }
    }
}
