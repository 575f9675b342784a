import EventLoop
import Transport
import Vocabulary

/// Carries out one exchange; blocks, but never past the limits.
struct ExchangeRunner: Sendable {
    let address: SocketAddress
    let contexts: TLSContexts
    let publisher: TextPublisher?
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

/// One exchange while it is carried out.
final class ExchangeRun {
    private let script: ExchangeScript
    private let publisher: TextPublisher?
    private let patience: CheckPatience
    private let isInterrupted: @Sendable () -> Bool
    private var connection: ExchangeConnection?
    private var sent: Nanoseconds?
    private var acted: Nanoseconds?
    private var publishing: TextPublishing?
    private let reader: ResponseReader
    /// The arrivals, and their bytes, that the reader has been given.
    private var readArrivals = 0
    private var readBytes = 0
    private var isStreaming = false

    init(
        _ script: ExchangeScript,
        publisher: TextPublisher?,
        patience: CheckPatience,
        isInterrupted: @escaping @Sendable () -> Bool
    ) {
        self.isInterrupted = isInterrupted
        self.script = script
        self.publisher = publisher
        self.patience = patience
        reader = ResponseReader(methods: script.methods)
    }

    /// Carries the script out.
    func carryOut(
        to address: SocketAddress,
        tls: TLSClientContext?,
        resuming sessions: TLSSessionCache?
    ) -> ExchangeRecord {
        let started = MonotonicClock.now()
        var end: ExchangeEnd
        do throws(ExchangeFailure) {
            let connection = try ExchangeConnection(
                to: address,
                tls: tls,
                resuming: sessions,
                isInterrupted: isInterrupted
            )
            self.connection = connection
            try connection.establish(by: started + patience.connect)
            end = try converse(connection)
        } catch {
            end = error.end
        }
        let publications = publishing?.finish() ?? []
        defer { connection?.close() }
        return ExchangeRecord(
            methods: script.methods,
            started: started,
            sent: sent,
            acted: acted,
            bytes: connection?.bytes ?? [],
            arrivals: connection?.arrivals ?? [],
            end: end,
            ended: MonotonicClock.now(),
            publications: publications,
            tls: connection?.facts
        )
    }

    private func converse(_ connection: ExchangeConnection) throws(ExchangeFailure) -> ExchangeEnd {
        var end = ExchangeEnd.complete
        for (index, request) in script.requests.enumerated() {
            let deadline = MonotonicClock.now() + patience.head
            _ = try connection.send(request, pace: script.pace, by: deadline)
            if sent == nil { sent = MonotonicClock.now() }
            end = try readResponse(index, connection, deadline)
            guard end == .complete else { return end }
        }
        return end
    }

    /// Reads until the response of a request is complete, or the time for it is over.
    private func readResponse(
        _ index: Int,
        _ connection: ExchangeConnection,
        _ deadline: Nanoseconds
    ) throws(ExchangeFailure) -> ExchangeEnd {
        var deadline = deadline
        var hasHead = false
        while true {
            guard try connection.waitForBytes(until: deadline) else {
                if let moment = try act(connection) {
                    deadline = moment
                    continue
                }
                return hasHead ? .listened : .timeout("TIMEOUT_HEADERS")
            }
            switch try connection.receive() {
            case .end: return .closed
            case .nothing: break
            case .bytes:
                let response = progress(connection, index)
                if response.isComplete, !script.awaitsClose { return .complete }
                if !hasHead, response.hasHead {
                    hasHead = true
                    deadline = MonotonicClock.now() + (script.listening ?? patience.briefly)
                    if case .stream = response { begin(connection, &deadline) }
                }
            }
        }
    }

    /// How far a response has come.
    private enum Progress {
        case nothing
        case incomplete
        case stream
        case complete

        var isComplete: Bool { self == .complete }
        var hasHead: Bool { self != .nothing }
    }

    /// Reads what is new of what came.
    private func progress(_ connection: ExchangeConnection, _ index: Int) -> Progress {
        // Any answer that is no HTTP is judged by its first bytes.
        guard !script.methods.isEmpty else { return connection.bytes.count >= 7 ? .complete : .nothing }
        for arrival in connection.arrivals[readArrivals...] {
            connection.bytes[readBytes..<arrival.end].withUnsafeBytes { reader.read($0, at: arrival.moment) }
            readBytes = arrival.end
        }
        readArrivals = connection.arrivals.count
        if reader.reading.headError != nil { return .complete }
        guard reader.reading.responses.count > index else { return .nothing }
        let response = reader.reading.responses[index]
        isStreaming = response.isStream && !response.isComplete
        return response.isComplete ? .complete : isStreaming ? .stream : .incomplete
    }

    /// Does what the exchange is about, once the time for it has come.
    ///
    /// - Returns: how long to read on, in ns of the monotonic clock; nil where there is nothing to do any more.
    private func act(_ connection: ExchangeConnection) throws(ExchangeFailure) -> Nanoseconds? {
        guard acted == nil, isStreaming else { return nil }
        switch script.act {
        case .nothing: return nil
        case .halfClose:
            acted = MonotonicClock.now()
            connection.halfClose()
            return MonotonicClock.now() + 2 * patience.briefly
        case .reset:
            acted = MonotonicClock.now()
            connection.reset()
            throw ExchangeFailure(.complete)
        }
    }

    /// The stream flows.
    private func begin(_ connection: ExchangeConnection, _ deadline: inout Nanoseconds) {
        if script.act != .nothing { deadline = MonotonicClock.now() + CheckLimits.publishPause }
        if let publisher, !script.publications.isEmpty {
            publishing = TextPublishing(script.publications, by: publisher)
        }
    }
}

/// Makes the TLS contexts that the exchanges need.
struct TLSContexts: Sendable {
    private let options: CheckOptions

    init(_ options: CheckOptions) { self.options = options }

    /// The context of an exchange; nil where it has no TLS.
    ///
    /// - Throws: ``CheckError/badUsage(_:)`` where the certificates cannot be read.
    func context(_ security: ExchangeScript.Security) throws(CheckError) -> TLSClientContext? {
        guard options.url.tls else { return nil }
        var settings = TLSClientContext.Options()
        settings.verify = !options.insecure
        settings.authorityFile = options.authorityFile
        var serverName = options.url.host
        switch security {
        case .ordinary: break
        case .none: return nil
        case .version(let version):
            settings.minimumVersion = version
            settings.maximumVersion = version
        case .serverName(let name):
            serverName = name
            settings.verify = false
        case .applicationProtocol(let name): settings.applicationProtocols = [name]
        case .resuming: settings.resume = true
        }
        do {
            return try TLSClientContext(serverName: serverName, options: settings)
        } catch {
            throw .badUsage("\(error)")
        }
    }
}
