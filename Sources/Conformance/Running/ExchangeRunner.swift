import EventLoop
import EventStream
import Transport
import Vocabulary

/// Carries out one exchange; blocks, but never past the limits.
struct ExchangeRunner: Sendable {
    let address: SocketAddress
    let contexts: TLSContexts
    let publisher: Publisher?
    var patience = CheckPatience()
    var isInterrupted: @Sendable () -> Bool = { false }

    /// Carries a script out.
    ///
    /// - Throws: ``CheckError/badUsage(_:)`` where the certificates cannot be read.
    func run(_ script: ExchangeScript) throws(CheckError) -> ExchangeRecord {
        let tls = try contexts.context(script.security)
        guard case .resuming = script.security else { return run(script, tls: tls, resuming: nil) }
        let sessions = TLSSessionCache()
        _ = run(script, tls: tls, resuming: sessions)
        return run(script, tls: tls, resuming: sessions)
    }

    private func run(
        _ script: ExchangeScript,
        tls: TLSClientContext?,
        resuming sessions: TLSSessionCache?
    ) -> ExchangeRecord {
        let run = ExchangeRun(script, publisher: publisher, patience: patience, isInterrupted: isInterrupted)
        return run.carryOut(to: address, tls: tls, resuming: sessions)
    }
}
