import EventLoop
import EventStream
import Glibc
import Probe
import RunProfile
import Synchronization
import Vocabulary

/// Publishes again and again while a climb lasts, each time with the moment of its sending in the body.
///
/// One publish at a time: where the server takes longer than the period to answer, the moments that passed are left out.
final class Publisher: Sendable {
    /// How long one publish may take, in ns.
    static let timeout: Nanoseconds = 10 * .perSecond
    /// How often the end is looked for, in ns.
    private static let lookEvery: Nanoseconds = 20 * .perMillisecond

    /// What the publishes brought.
    struct Outcome: Equatable, Sendable {
        /// Publishes that the server took.
        var published: UInt64 = 0
        /// Publishes that failed, by the error's name.
        var errors: [String: UInt64] = [:]
    }

    private let isStopped = Atomic<Bool>(false)
    private let outcome = Locked(Outcome())
    private let thread = Locked<OperatingSystemThread?>(nil)

    /// Starts to publish, for the first time after one period.
    ///
    /// - Throws: `EAGAIN` where the system has no thread left.
    init(
        _ options: PublishOptions,
        to url: TargetURL,
        with client: HTTPClient,
        every period: Nanoseconds
    ) throws(SystemError) {
        let started = try OperatingSystemThread(name: "publisher") { [self] in
            var next = MonotonicClock.now() + period
            while wait(until: next) {
                let error = Self.publish(options, to: url, with: client)
                outcome.withLock { outcome in
                    if let error { outcome.errors[error, default: 0] += 1 } else { outcome.published += 1 }
                }
                let now = MonotonicClock.now()
                next += period * (now > next ? (now - next) / period + 1 : 1)
            }
        }
        thread.withLock { $0 = started }
    }

    /// Ends the publishing; waits for a publish that goes on.
    func stop() -> Outcome {
        isStopped.store(true, ordering: .relaxed)
        thread.withLock { $0.take() }?.join()
        return outcome.withLock { $0 }
    }

    /// Waits until a moment; false where the publishing has ended by then.
    private func wait(until moment: Nanoseconds) -> Bool {
        while !isStopped.load(ordering: .relaxed) {
            let now = MonotonicClock.now()
            guard now < moment else { return true }
            usleep(UInt32(min(Self.lookEvery, moment - now) / .perMicrosecond + 1))
        }
        return false
    }

    /// Sends one publish.
    ///
    /// - Returns: the error's name; nil where the answer was a success (RFC 9110, 15.3).
    private static func publish(_ options: PublishOptions, to url: TargetURL, with client: HTTPClient) -> String? {
        do {
            let answer = try client.exchange(
                method: options.method,
                url: url,
                headers: [HTTPField("Connection", "close")],
                body: Array(SendMoment.fill(options.body, with: MonotonicClock.now()).utf8),
                timeout: timeout
            )
            return (200..<300).contains(answer.status) ? nil : "HTTP_\(answer.status)"
        } catch {
            return error.name
        }
    }
}
