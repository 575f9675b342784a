import EventLoop
import Vocabulary

/// Carries out the exchanges that the chosen cases need, and judges the cases.
public struct ConformanceCheck: Sendable {
    private let options: CheckOptions
    private let patience: CheckPatience
    private let isInterrupted: @Sendable () -> Bool

    /// A check that has not begun.
    ///
    /// - Parameter isInterrupted: looked at while exchanges wait; true ends them all, and what they brought until then is
    ///   judged.
    public init(_ options: CheckOptions, isInterrupted: @escaping @Sendable () -> Bool = { false }) {
        self.init(options, patience: CheckPatience(), isInterrupted: isInterrupted)
    }

    init(
        _ options: CheckOptions,
        patience: CheckPatience,
        isInterrupted: @escaping @Sendable () -> Bool = { false }
    ) {
        self.options = options
        self.patience = patience
        self.isInterrupted = isInterrupted
    }

    /// Carries everything out; blocks, at most for the time that the limits add up to.
    ///
    /// - Throws: ``CheckError`` where the target cannot be reached at all.
    public func run() throws(CheckError) -> CheckResult {
        let started = MonotonicClock.now()
        let records = try observe()
        let observations = Observations(options: options, records: records)
        return CheckResult(observations, seconds: (MonotonicClock.now() - started).inSeconds)
    }

    private func observe() throws(CheckError) -> [ExchangeName: ExchangeRecord] {
        let contexts = TLSContexts(options)
        let tls = try contexts.context(.ordinary)
        let address = try TargetAddress.find(options.url, tls: tls, isInterrupted: isInterrupted)
        var publisher: TextPublisher?
        if let url = options.publish {
            var target = options
            target.url = url
            let tls = try TLSContexts(target).context(.ordinary)
            let place = try TargetAddress.find(url, tls: tls, isInterrupted: isInterrupted)
            publisher = TextPublisher(url: url, address: place, options: options, isInterrupted: isInterrupted)
        }
        let runner = ExchangeRunner(
            address: address,
            contexts: contexts,
            publisher: publisher,
            patience: patience,
            isInterrupted: isInterrupted
        )
        let names = ConformanceSuite.exchanges(for: options.selection)
        var records: [ExchangeName: ExchangeRecord] = [:]
        for phase in 0...(names.map(\.phase).max() ?? 0) {
            let tasks = ExchangeScripts(options)
            let scripts = names.filter { $0.phase == phase }.map { ($0, tasks.script($0, after: records)) }
            records.merge(try Self.carryOut(scripts, by: runner)) { _, new in new }
        }
        return records
    }

    /// What several threads share.
    private final class Shared: Sendable {
        struct State: Sendable {
            var next = 0
            var records: [ExchangeName: ExchangeRecord] = [:]
            var error: CheckError?
        }

        let state = Locked(State())
    }

    /// Carries out the exchanges of one phase, several at a time.
    private static func carryOut(
        _ scripts: [(ExchangeName, ScriptOrReason)],
        by runner: ExchangeRunner
    ) throws(CheckError) -> [ExchangeName: ExchangeRecord] {
        let shared = Shared()
        var threads: [OperatingSystemThread] = []
        do throws(SystemError) {
            for _ in 0..<min(CheckLimits.concurrency, scripts.count) {
                threads.append(
                    try OperatingSystemThread(name: "check") {
                        while let (name, script) = next(scripts, shared) { carryOut(name, script, runner, shared) }
                    }
                )
            }
        } catch {
            if threads.isEmpty { throw .machine("\(error)") }
        }
        for thread in threads { thread.join() }
        let state = shared.state.withLock { $0 }
        if let error = state.error { throw error }
        return state.records
    }

    private static func next(
        _ scripts: [(ExchangeName, ScriptOrReason)],
        _ shared: Shared
    ) -> (ExchangeName, ScriptOrReason)? {
        let index = shared.state.withLock { state in
            defer { state.next += 1 }
            return state.next
        }
        return index < scripts.count ? scripts[index] : nil
    }

    private static func carryOut(
        _ name: ExchangeName,
        _ script: ScriptOrReason,
        _ runner: ExchangeRunner,
        _ shared: Shared
    ) {
        do throws(CheckError) {
            let record: ExchangeRecord
            switch script {
            // Why an exchange is left out may be that one before it was interrupted.
            case _ where runner.isInterrupted(): record = .interrupted
            case .script(let script): record = try runner.run(script)
            case .reason(let reason): record = .omitted(reason)
            }
            shared.state.withLock { $0.records[name] = record }
        } catch {
            shared.state.withLock { $0.error = error }
        }
    }
}

/// Why a check could not be carried out.
public enum CheckError: Error, Equatable, Sendable {
    /// The target cannot be reached; the error's name.
    case unreachable(String)
    /// What was asked for cannot be done; says what to do next.
    case badUsage(String)
    /// The machine failed; the error's name.
    case machine(String)
    /// A signal came before anything was checked.
    case interrupted
}

extension CheckError: CustomStringConvertible {
    /// What went wrong and what to do next.
    public var description: String {
        switch self {
        case .unreachable(let name): Self.advice[name].map { "\(name): \($0)" } ?? name
        case .badUsage(let reason), .machine(let reason): reason
        case .interrupted: "interrupted before anything was checked"
        }
    }

    private static let advice = [
        "ECONNREFUSED": "nothing listens at the address; is the server up, and the port right?",
        "TIMEOUT_CONNECT": "no connection within the time",
        "TLS_SELF_SIGNED_CERTIFICATE": "name the certificate with --ca FILE, or go unverified with --insecure",
        "TLS_CERTIFICATE_HAS_EXPIRED": "renew the certificate, or go unverified with --insecure",
        "TLS_HOSTNAME_MISMATCH": "the certificate is for another host; go unverified with --insecure",
        "UNRESOLVED_HOST": "the host name has no address",
    ]
}
