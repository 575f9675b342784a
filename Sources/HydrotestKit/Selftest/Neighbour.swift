import EventLoop
import Synchronization
import Vocabulary

/// Another client of a server: opens a stream, holds it for a while, closes it in good order, opens the next.
final class Neighbour {
    /// How long it holds a stream, in ns.
    static let hold: ClosedRange<Nanoseconds> = (200 * .perMillisecond)...(2 * .perSecond)

    private let isStopped: StopFlag
    private let thread: OperatingSystemThread

    private final class StopFlag: Sendable {
        let value = Atomic<Bool>(false)
    }

    /// Starts to open streams.
    ///
    /// - Parameters:
    ///   - url: the stream's address.
    ///   - seed: what the holds are drawn from.
    /// - Throws: `EAGAIN` where the system has no thread left.
    init(_ url: TargetURL, seed: UInt64) throws(SystemError) {
        let flag = StopFlag()
        isStopped = flag
        thread = try OperatingSystemThread(name: "neighbour") {
            var random = SplitMix64(seeds: seed)
            while !flag.value.load(ordering: .relaxed) {
                var options = TapOptions(url: url)
                options.insecure = true
                options.maximumTime = Nanoseconds.random(in: Self.hold, using: &random)
                // A server that cannot be reached, or is gone, is the run's own finding.
                guard (try? Tap(options, write: { _ in }).run()) != nil else { return }
            }
        }
    }

    /// Ends with the stream that is open, and waits for that.
    func stop() {
        isStopped.value.store(true, ordering: .relaxed)
        thread.join()
    }
}
