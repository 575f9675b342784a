import EventLoop
import Foundation
import RunProfile
import Synchronization
import Vocabulary

/// Puts the bundled server, with each known fault and with none, through the tool, and sees what the tool finds.
public final class Selftest: Sendable {
    /// The cases, in the order in which they are begun.
    public let cases: [SelftestCase]
    private let jobs: Int
    private let interrupts: InterruptWatch
    private let next = Atomic<Int>(0)
    private let results = Locked<[SelftestResult]>([])

    /// A self-test.
    ///
    /// - Parameters:
    ///   - cases: what it is made of.
    ///   - jobs: how many cases are carried out at once.
    ///   - interrupts: what asks for an early end; made before any other thread.
    public init(_ cases: [SelftestCase], jobs: Int, interrupts: InterruptWatch) {
        self.cases = cases
        self.jobs = jobs
        self.interrupts = interrupts
    }

    /// Carries out the cases.
    ///
    /// - Parameter tell: takes each result as it comes, from one thread at a time.
    /// - Returns: the results in the order of their ends; without those of cases that an interrupt cut short.
    /// - Throws: ``RunError/machine(_:)`` where the system has no thread left.
    public func run(tell: @escaping @Sendable (SelftestResult) -> Void) throws(RunError) -> [SelftestResult] {
        var threads: [OperatingSystemThread] = []
        defer { for thread in threads { thread.join() } }
        do {
            for _ in 0..<min(jobs, cases.count) {
                threads.append(try OperatingSystemThread(name: "selftest") { [self] in work(tell) })
            }
        } catch {
            next.store(cases.count, ordering: .relaxed)
            throw .machine("the self-test cannot start: \(error)")
        }
        for thread in threads { thread.join() }
        threads = []
        return results.withLock { $0 }
    }

    private func work(_ tell: (SelftestResult) -> Void) {
        while !interrupts.isInterrupted {
            let index = next.add(1, ordering: .relaxed).oldValue
            guard index < cases.count else { return }
            let result = carryOut(cases[index])
            guard !interrupts.isInterrupted else { return }
            results.withLock { results in
                results.append(result)
                tell(result)
            }
        }
    }

    private func carryOut(_ selftest: SelftestCase) -> SelftestResult {
        let started = MonotonicClock.now()
        var diagnosis = FaultDiagnosis()
        var failure: String?
        var examinations: [SelftestResult.Examined] = []
        for examination in Examination.all(of: selftest.subject) where !interrupts.isInterrupted {
            let text = examination.profile(of: selftest)
            var examined = SelftestResult.Examined(name: examination.rawValue, profile: text)
            defer { examinations.append(examined) }
            do throws(RunError) {
                let outcome = try examine(text, of: selftest)
                diagnosis.merge(FaultDiagnosis(outcome.record, outcome.judgement))
                examined.report = outcome.document
            } catch {
                failure = "\(examination.rawValue): \(error)"
            }
        }
        var result = SelftestResult(
            selftest: selftest,
            diagnosis: diagnosis,
            failure: failure,
            seconds: (MonotonicClock.now() - started).inSeconds,
            examinations: examinations
        )
        // Of hundreds of cases only those that went wrong are looked at again.
        if result.isRight { result.forgetReports() }
        return result
    }

    /// Runs a profile as `hydrotest run` would.
    private func examine(_ text: String, of selftest: SelftestCase) throws(RunError) -> RunOutcome {
        let profile: Profile
        do {
            profile = try ProfileReader(environment: [:]).read(text, file: "\(selftest.name).yaml")
        } catch {
            throw .profile(error)
        }
        var options = RunOptions()
        options.workers = 1
        let run = ProfileRun(profile: profile, options: options, interrupts: interrupts)
        // A case that was cut short counts for nothing.
        run.climbsWhenInterrupted = false
        guard selftest.subject == .cleanWithNeighbour else { return try run.run() }
        var neighbour: Neighbour?
        run.serverStarted = { server in
            var url = selftest.transport == .tls ? server.tls : server.plain
            url.path = "/events?topics=neighbours"
            neighbour = try? Neighbour(url, seed: selftest.seed)
        }
        // It is to be waited for in any case; a run without one would prove nothing.
        let outcome = Result { () throws(RunError) in try run.run() }
        guard neighbour?.stop() ?? 0 > 0 else { throw .machine("the server's neighbour held no stream") }
        return try outcome.get()
    }
}

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
