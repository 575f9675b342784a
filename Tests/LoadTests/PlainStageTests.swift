import EventLoop
import Load
import Record
import ScriptedServer
import TestTurns
import Testing
import Vocabulary

/// What a server sees of a plain connection that is dropped, at every stage in every manner.
@Suite(Turn.sideBySide) struct PlainStageTests {
    private static let connections = 2

    private func expectedBytes(_ stage: Stage) -> [UInt8] {
        let request = Array(Made.request.utf8)
        if stage < .requestPartial { return [] }
        return stage == .requestPartial ? Array(request.prefix(request.count / 2)) : request
    }

    @Test(arguments: Stage.passed(tls: false), [Manner.fin, .rst, .halfClose, .stall])
    func theServerSees(stage: Stage, manner: Manner) throws {
        guard manner.applies(at: stage, tls: false) else { return }
        let server = try ScriptedServer { connection in
            var bytes: [UInt8] = []
            if stage >= .responseStarted {
                bytes = try connection.readRequest()
                try connection.write(Made.head + "data: 1\n\ndata: 2\n\n")
            }
            var seen = connection.readToEnd()
            seen.bytes = bytes + seen.bytes
            if manner == .halfClose { seen.ending += connection.isPeerThere() ? ", still there" : ", gone" }
            return seen
        }
        let scenario = Made.dropping(Self.connections, at: [stage], [manner], wait: Made.patience(manner))
        let record = try Made.generator(scenario, Made.endpoint(server.port)).run()
        let seen = server.stop()

        let count = UInt64(Self.connections)
        #expect(seen.map(\.bytes) == Array(repeating: expectedBytes(stage), count: Self.connections))
        let ending =
            switch manner {
            case .fin: "end"
            case .halfClose: "end, still there"
            default: "ECONNRESET"
            }
        #expect(seen.map(\.ending) == Array(repeating: ending, count: Self.connections))
        #expect(record.connections.attempted == count)
        #expect(record.connections.dropped == count)
        #expect(record.connections.failed == 0)
        #expect(record.connections.established == (stage >= .headersReceived ? count : 0))
        #expect(record.connections.completed == 0)
        #expect(record.connections.ended == 0)
        #expect(record.drops == [DropCount(stage: stage, manner: manner, count: count)])
        #expect(record.errors.isEmpty)
        let passed = Stage.passed(tls: false).filter { $0 <= stage }
        #expect(record.stages == Dictionary(uniqueKeysWithValues: passed.map { ($0, count) }))
    }

    @Test func aDelayHoldsAConnectionAtItsStage() throws {
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head + "data: 1\n\n")
            connection.pause(5)
            try connection.write("data: 2\n\n")
            return connection.readToEnd()
        }
        let delay = (20 * Nanoseconds.perMillisecond)...(30 * .perMillisecond)
        let scenario = Made.dropping(4, at: [.headersReceived, .firstEvent], [.fin], delay: delay)
        let record = try Made.generator(scenario, Made.endpoint(server.port)).run()
        #expect(server.stop().map(\.ending) == ["end", "end", "end", "end"])
        #expect(record.connections.dropped == 4)
        #expect(record.stages[.firstEvent] == 2)
        #expect(record.stages[.streaming] == nil, "what comes within the delay is not read")
        #expect(record.events == 2)
    }

    @Test func aStalledConnectionStaysOpenAndReadsNothing() throws {
        let hasLooked = Flag()
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head + "data: 1\n\n")
            var seen = connection.readToEnd(patience: 50)
            seen.ending += connection.isPeerThere() ? ", still there, " : ", gone, "
            hasLooked.raise()
            seen.ending += connection.readToEnd().ending
            return seen
        }
        let scenario = Made.dropping(1, at: [.streaming], [.stall], wait: Made.forever)
        let generator = try Made.generator(scenario, Made.endpoint(server.port))
        let load = try Background(generator)
        #expect(eventually { hasLooked.isRaised })
        #expect(generator.progress.streamCount == 0, "a stalled stream is no open one")
        generator.stop()
        let record = load.record()
        #expect(server.stop().map(\.ending) == ["silence, still there, ECONNRESET"])
        #expect(record.connections.dropped == 1)
        #expect(record.connections.failed == 0)
    }

    @Test func vanishSendsNothingOrIsCountedUnderItsError() throws {
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head + "data: 1\n\n")
            return connection.readToEnd(patience: 100)
        }
        let record = try Made.generator(
            Made.dropping(1, at: [.streaming], [.vanish]),
            Made.endpoint(server.port)
        ).run()
        let seen = server.stop()
        if record.connections.dropped == 1 {
            #expect(seen.map(\.ending) == ["silence"])
        } else {
            #expect(record.errors == ["EPERM": 1])
        }
    }
}
