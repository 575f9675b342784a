import EventLoop
import HTTP
import Load
import Probe
import RunProfile
import Vocabulary

/// Looks at one stream of an endpoint for a while; at more of them where the server ends it meanwhile.
public struct EndpointLook {
    /// Streams that are looked at, one after the other, where each ends early.
    static let streams = 3

    private let options: TapOptions
    private let isInterrupted: () -> Bool
    private let say: (String) -> Void

    /// What came of one request.
    private enum Answer {
        case stream(EndpointSight)
        case redirection(status: Int, location: String?, certificateProblem: String? = nil)
    }

    /// A look, as a tap of the endpoint would be one; its maximum time is how long it takes.
    ///
    /// - Parameters:
    ///   - isInterrupted: looked at while the look waits; true ends it.
    ///   - say: takes a line about what lies ahead.
    public init(
        _ options: TapOptions,
        isInterrupted: @escaping () -> Bool = { false },
        say: @escaping (String) -> Void = { _ in }
    ) {
        self.options = options
        self.isInterrupted = isInterrupted
        self.say = say
    }

    /// Looks; blocks for the time asked for, or until the server ended a few streams.
    ///
    /// A certificate that is not trusted is noted, and the look goes on without verifying it. An answer that sends the
    /// request elsewhere is followed.
    ///
    /// - Throws: ``TapError`` where there is no event stream to look at.
    public func look() throws(TapError) -> EndpointSight {
        var request = options
        var redirections: [Redirection] = []
        var asked = [options]
        while true {
            switch try ask(request) {
            case .stream(var sight):
                sight.redirections = redirections
                sight.request = request
                if sight.certificateProblem != nil { request.insecure = true }
                lookAtEnds(of: &sight, request)
                if request.url.isLoopback { sight.hasReadableProcess = Self.canReadProcess(on: request.url.port) }
                return sight
            case .redirection(let status, let location, let problem):
                guard redirections.count < Redirection.limit else { throw TapError("LIMIT_REDIRECTS") }
                let next = try Redirection(
                    of: request,
                    status: status,
                    location: location,
                    certificateProblem: problem
                )
                guard !asked.contains(next.request) else { throw TapError("REDIRECT_LOOP") }
                say("redirected: \(next.words)")
                redirections.append(next)
                request = next.request
                asked.append(request)
            }
        }
    }

    /// Opens further streams where the first has ended early, to see whether they end at the same age.
    private func lookAtEnds(of sight: inout EndpointSight, _ request: TapOptions) {
        guard let time = request.maximumTime, var age = sight.ends.earliest else { return }
        let started = MonotonicClock.now() - sight.duration
        var request = request
        while sight.ends.all.count < Self.streams, !isInterrupted(),
            sight.ends.all.count < 2 || MonotonicClock.now() - started < time
        {
            // Somewhat longer than the stream before, which may have ended just before the time was up.
            request.maximumTime = max(time, age + age / 5)
            say("the stream ended after \(DurationText.format(age)): looking at another")
            do {
                guard case .stream(let next) = try follow(request) else {
                    sight.ends.problem = "it was redirected"
                    return
                }
                if let end = next.ends.all.first {
                    sight.ends.all.append(end)
                    age = end.age
                } else if !next.isInterrupted {
                    sight.ends.survived = next.duration
                }
                if next.duration > sight.duration { sight.take(from: next) }
                if next.ends.all.isEmpty { return }
            } catch {
                sight.ends.problem = error.name
                return
            }
        }
    }

    /// Asks, and a second time without verifying where the certificate is not trusted.
    private func ask(_ request: TapOptions) throws(TapError) -> Answer {
        do {
            return try follow(request)
        } catch {
            guard request.url.tls, !request.insecure, error.name.hasPrefix("TLS_") else { throw error }
            var unverified = request
            unverified.insecure = true
            // Where that is no help either, the first error is the one to tell.
            guard let answer = try? follow(unverified) else { throw error }
            switch answer {
            case .stream(var sight):
                sight.certificateProblem = error.name
                return .stream(sight)
            case .redirection(let status, let location, _):
                return .redirection(status: status, location: location, certificateProblem: error.name)
            }
        }
    }

    private func follow(_ options: TapOptions) throws(TapError) -> Answer {
        var sight = EndpointSight()
        var began: Nanoseconds?
        var isStream = false
        var location: String?
        let tap = Tap(
            options,
            isInterrupted: isInterrupted,
            note: { note in
                let now = MonotonicClock.now()
                switch note {
                case .tls(let version): sight.tlsVersion = version
                case .head(let head):
                    began = now
                    sight.status = head.status
                    sight.contentType = head.value(of: "content-type") ?? ""
                    sight.server = head.value(of: "server")
                    location = head.value(of: "location")
                case .began: isStream = true
                case .event(let name, let bytes): sight.note(event: name, bytes: bytes, at: now - (began ?? now))
                case .comment: sight.noteComment(at: now - (began ?? now))
                }
            },
            write: { _ in }
        )
        var ending: (isEnd: Bool, error: String?)
        do throws(TapError) {
            let end = try tap.run()
            guard isStream || end != .interrupted else { throw TapError.interrupted }
            sight.isInterrupted = end == .interrupted
            ending = (end == .server, nil)
        } catch {
            if Redirection.statuses.contains(sight.status), error.name == "HTTP_\(sight.status)" {
                return .redirection(status: sight.status, location: location)
            }
            // Of a stream that broke, what was seen before is worth telling.
            guard isStream else { throw error }
            ending = (true, error.name)
        }
        sight.duration = began.map { MonotonicClock.now() - $0 } ?? 0
        if ending.isEnd { sight.ends.all.append(sight.end(error: ending.error)) }
        return .stream(sight)
    }

    /// Whether the process that listens on a port lets itself be read.
    private static func canReadProcess(on port: UInt16) -> Bool {
        let gauges = ProbeOptions.ProcessGauge.usual
        guard let reader = try? ProcessGaugeReader(probe: "process", port: port, gauges: gauges) else { return false }
        return reader.read().allSatisfy { reading in
            if case .value = reading { true } else { false }
        }
    }
}

/// One answer that sends a request elsewhere, and the request that follows from it (RFC 9110, 15.4).
public struct Redirection: Equatable, Sendable {
    /// Answers in a row that are followed.
    static let limit = 10
    /// The statuses that say where else to ask.
    static let statuses: Set = [301, 302, 303, 307, 308]

    /// The status.
    let status: Int
    /// The request as it is sent on.
    let request: TapOptions
    /// What is not as before, each in a few words.
    let changes: [String]

    /// The redirection that an answer asks for.
    ///
    /// - Parameters:
    ///   - request: what was answered.
    ///   - location: the value of `Location`; nil where there is none.
    ///   - certificateProblem: why the certificate of whoever answered is not trusted; nil where it is, or there is none.
    /// - Throws: ``TapError`` where it leads nowhere, or where none should go.
    init(of request: TapOptions, status: Int, location: String?, certificateProblem: String? = nil) throws(TapError) {
        guard let location else { throw TapError("REDIRECT_WITHOUT_LOCATION") }
        guard let url = request.url.resolving(location) else { throw TapError("MALFORMED_LOCATION") }
        guard request.url.isLoopback || !url.isLoopback else { throw TapError("REDIRECT_TO_THIS_MACHINE") }
        var next = request
        var changes = certificateProblem.map { ["said with a certificate that is not trusted, \($0)"] } ?? []
        next.url = url
        if Self.becomesGET(request.method, status) {
            next.method = "GET"
            next.body = nil
            // RFC 9110, 15.4: what describes the content goes with it.
            next.headers.removeAll { $0.name.lowercased().hasPrefix("content-") }
            changes.append("as GET" + (request.body == nil ? "" : ", without its body"))
        }
        if request.url.tls, !url.tls { changes.append("from https to http: what follows goes unencrypted") }
        if !Self.mayCarryCredentials(from: request.url, to: url) {
            // It names the host that was left.
            next.headers.removeAll { $0.name.lowercased() == "host" }
            let secrets = next.headers.filter { SecretText.isSecret($0.name) }
            next.headers.removeAll { SecretText.isSecret($0.name) }
            guard !Self.holdsSecrets(next.body ?? "") else { throw TapError("REDIRECT_OF_SECRETS") }
            if !secrets.isEmpty { changes.append("without \(secrets.map(\.name).joined(separator: ", "))") }
        }
        self.status = status
        self.request = next
        self.changes = changes
    }

    /// Whether a method is not kept: of 301 and 302 a POST is not, as browsers and curl do it.
    private static func becomesGET(_ method: String, _ status: Int) -> Bool {
        switch status {
        case 301, 302: method == "POST"
        case 303: method != "GET" && method != "HEAD"
        default: false
        }
    }

    private static func holdsSecrets(_ body: String) -> Bool {
        var secrets = SecretVariables()
        _ = secrets.pieces(body: body)
        return !secrets.names.isEmpty
    }

    /// Whether the other end is the one that the credentials are for: the same origin, or its encrypted one.
    private static func mayCarryCredentials(from old: TargetURL, to new: TargetURL) -> Bool {
        guard old.host.lowercased() == new.host.lowercased() else { return false }
        if old.tls == new.tls { return old.port == new.port }
        return new.tls && old.port == 80 && new.port == 443
    }

    /// Where to, and what changes: `307 to http://127.0.0.1:8080/stream`.
    public var words: String {
        "\(status) to \(SecretText.masked(word: "\(request.url)"))"
            + (changes.isEmpty ? "" : " (\(changes.joined(separator: "; ")))")
    }
}
