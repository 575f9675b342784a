import EventLoop
import Synchronization
import Vocabulary

/// Another client of a server: opens a stream, holds it for a while, closes it in good order, opens the next.
final class Neighbour {
    /// How long it holds a stream, in ns.
    static let hold: ClosedRange<Nanoseconds> = (200 * .perMillisecond)...(2 * .perSecond)

    private let state: State
    private let thread: OperatingSystemThread

    private final class State: Sendable {
        let isStopped = Atomic<Bool>(false)
        let streams = Atomic<Int>(0)
    }

    /// Starts to open streams.
    ///
    /// - Parameters:
    ///   - url: the stream's address.
    ///   - seed: what the holds are drawn from.
    /// - Throws: `EAGAIN` where the system has no thread left.
    init(_ url: TargetURL, seed: UInt64) throws(SystemError) {
        let state = State()
        self.state = state
        thread = try OperatingSystemThread(name: "neighbour") {
            var random = SplitMix64(seeds: seed)
            while !state.isStopped.load(ordering: .relaxed) {
                var options = TapOptions(url: url)
                options.insecure = true
                options.maximumTime = Nanoseconds.random(in: Self.hold, using: &random)
                // A server that cannot be reached, or is gone, is the run's own finding.
                guard let end = try? Tap(options, write: { _ in }).run() else { return }
                if end == .time { state.streams.add(1, ordering: .relaxed) }
            }
        }
    }

    /// Ends with the stream that is open, and waits for that.
    ///
    /// - Returns: the streams that it held for as long as it wanted.
    func stop() -> Int {
        state.isStopped.store(true, ordering: .relaxed)
        thread.join()
        return state.streams.load(ordering: .relaxed)
    }
}
