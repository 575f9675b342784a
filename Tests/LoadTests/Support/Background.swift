import EventLoop
import Load
import Record

/// A load on a thread of its own, so that the test can look on.
final class Background: Sendable {
    private let outcome = Locked<LoadRecord?>(nil)
    private let thread = Locked<OperatingSystemThread?>(nil)

    init(_ generator: LoadGenerator) throws {
        let started = try OperatingSystemThread(name: "background") { [self] in
            let record = try? generator.run()
            outcome.withLock { $0 = record ?? LoadRecord() }
        }
        thread.withLock { $0 = started }
    }

    /// Whether the load has ended.
    var isDone: Bool { outcome.withLock { $0 } != nil }

    /// Waits for the load's end.
    func record() -> LoadRecord {
        thread.withLock { thread in
            thread?.join()
            thread = nil
        }
        return outcome.withLock { $0 } ?? LoadRecord()
    }
}
