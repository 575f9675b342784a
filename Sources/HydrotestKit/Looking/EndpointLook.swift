import EventLoop
import EventStream
import Load
import Probe
import RunProfile
import Vocabulary

/// Looks at one stream of an endpoint for a while.
public struct EndpointLook {
    private let options: TapOptions

    /// A look, as a tap of the endpoint would be one; its maximum time is how long it takes.
    public init(_ options: TapOptions) { self.options = options }

    /// Looks; blocks for the time asked for, or until the server ends the stream.
    ///
    /// A certificate that is not trusted is noted, and the look goes on without verifying it.
    ///
    /// - Throws: ``TapError`` where there is no event stream to look at.
    public func look() throws(TapError) -> EndpointSight {
        var sight: EndpointSight
        do {
            sight = try follow(options)
        } catch {
            guard options.url.tls, !options.insecure, error.name.hasPrefix("TLS_") else { throw error }
            var unverified = options
            unverified.insecure = true
            // Where that is no help either, the first error is the one to tell.
            guard let seen = try? follow(unverified) else { throw error }
            sight = seen
            sight.certificateProblem = error.name
        }
        if options.url.isLoopback { sight.hasReadableProcess = Self.canReadProcess(on: options.url.port) }
        return sight
    }

    private func follow(_ options: TapOptions) throws(TapError) -> EndpointSight {
        var sight = EndpointSight()
        var began: Nanoseconds?
        let tap = Tap(
            options,
            note: { note in
                let now = MonotonicClock.now()
                switch note {
                case .tls(let version): sight.tlsVersion = version
                case .head(let head):
                    began = now
                    sight.status = head.status
                    sight.contentType = head.value(of: "content-type") ?? ""
                    sight.server = head.value(of: "server")
                case .event(let name, let bytes): sight.note(event: name, bytes: bytes, at: now - (began ?? now))
                case .comment: sight.noteComment(at: now - (began ?? now))
                }
            },
            write: { _ in }
        )
        sight.hasEnded = try tap.run() == .server
        sight.duration = began.map { MonotonicClock.now() - $0 } ?? 0
        return sight
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
