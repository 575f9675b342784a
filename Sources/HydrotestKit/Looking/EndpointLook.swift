import EventLoop
import EventStream
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
