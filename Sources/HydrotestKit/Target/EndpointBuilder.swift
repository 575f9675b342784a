import EventLoop
import Glibc
import HTTP
import Load
import RunProfile
import Transport
import Vocabulary

/// Turns a scenario's target into addresses, TLS state and the bytes of its request.
struct EndpointBuilder {
    /// How long each of several addresses may take to accept a first connection, in ns.
    static let trialTimeout: Nanoseconds = 1 * .perSecond

    let profile: Profile
    let reference: ReferenceProcess?

    /// The address of a scenario's streams.
    func url(_ scenario: Scenario) -> TargetURL {
        if let url = scenario.url { return url }
        var url = url(profile.target.address, tls: scenario.transport == .tls)
        if let path = scenario.path { url.path = path }
        return url
    }

    /// The address behind a profile's word.
    func url(_ address: RunProfile.Target.Address, tls: Bool = false) -> TargetURL {
        switch address {
        case .url(let url): return url
        case .reference(let path):
            guard let reference else { preconditionFailure("a reference target starts the reference server") }
            var url = tls ? reference.tls : reference.plain
            url.path = path
            return url
        }
    }

    /// Makes the endpoint of a scenario.
    ///
    /// - Throws: ``RunError`` where the host has no address, its certificates cannot be read, or ports do not suffice.
    func endpoint(_ scenario: Scenario) throws(RunError) -> Endpoint {
        let url = url(scenario)
        var targets = try Self.addresses(url)
        // All scenarios of a target that come from the same addresses share these addresses' ports.
        let sharing = profile.scenarios.filter {
            self.url($0).host == url.host && self.url($0).port == url.port && $0.sources == scenario.sources
        }
        var sources = try SourceAddresses.named(scenario)
        if sources.isEmpty {
            sources = SourceAddresses.spread(sharing.reduce(0) { $0 + $1.connections }, to: targets[0])
        }
        // A source address reaches targets of its own family only.
        if let family = sources.first?.family { targets = try Self.targets(targets, of: family, scenario) }
        try SourceAddresses.check(
            concurrent: sharing.reduce(0) { $0 + Preflight.concurrency($1) },
            to: targets[0],
            sources: max(1, sources.count) * targets.count
        )
        let builder = RequestBuilder(target: profile.target, scenario: scenario, url: url)
        return Endpoint(
            targets: targets,
            sources: sources,
            tls: url.tls ? try tlsContext(url) : nil,
            method: builder.method,
            requests: try builder.requests(),
            receiveBuffer: scenario.receiveBuffer
        )
    }

    private static func targets(
        _ targets: [SocketAddress],
        of family: Int32,
        _ scenario: Scenario
    ) throws(RunError) -> [SocketAddress] {
        let reached = targets.filter { $0.family == family }
        guard reached.isEmpty else { return reached }
        throw .refused(
            "scenario \"\(scenario.name)\": its sources are \(family == AF_INET6 ? "IPv6" : "IPv4") addresses, and "
                + "none of the target's is: \(targets.map(\.description).joined(separator: ", "))"
        )
    }

    /// The TLS state for an address.
    ///
    /// - Throws: ``RunError/refused(_:)`` where the certificates cannot be read.
    func tlsContext(_ url: TargetURL) throws(RunError) -> TLSClientContext {
        let settings = profile.target.tls
        var options = TLSClientContext.Options()
        options.verify = settings.verify
        options.resume = settings.resume
        options.authorityFile = settings.authorityFile ?? reference?.certificateFile
        options.minimumVersion = settings.minimumVersion == .tls13 ? .tls13 : .tls12
        options.maximumVersion = settings.maximumVersion == .tls13 ? .tls13 : .tls12
        do {
            return try TLSClientContext(serverName: settings.serverName ?? url.host, options: options)
        } catch {
            throw .refused("target.tls: \(error); is the path of `ca` right, beside the profile, and the file PEM?")
        }
    }

    /// The addresses of a host; where there are several, those that accept a connection.
    ///
    /// - Throws: ``RunError/unreachable(_:)`` where the name has none.
    static func addresses(_ url: TargetURL) throws(RunError) -> [SocketAddress] {
        let all: [SocketAddress]
        do {
            all = try SocketAddress.resolve(url.host, port: url.port)
        } catch {
            throw .unreachable("\(error); is the name right, and does this machine resolve it?")
        }
        guard all.count > 1 else { return all }
        // `localhost` often means ::1 as well, where few servers listen.
        let accepting = all.filter { accepts($0) }
        return accepting.isEmpty ? all : accepting
    }

    /// The one address of a host that is connected to.
    ///
    /// - Throws: ``RunError/unreachable(_:)`` where the name has none.
    static func address(_ url: TargetURL) throws(RunError) -> SocketAddress {
        guard let first = try addresses(url).first else { throw .unreachable("\(url.host) has no address") }
        return first
    }

    /// Whether a first connection is accepted.
    static func accepts(_ address: SocketAddress) -> Bool {
        guard let descriptor = try? Socket.connect(to: address) else { return false }
        defer { Socket.close(descriptor) }
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard poll(&entry, 1, Int32(trialTimeout / .perMillisecond)) == 1 else { return false }
        return Socket.pendingError(descriptor) == nil
    }
}

extension EndpointBuilder {
    /// Makes a publisher of the load.
    ///
    /// - Throws: ``RunError`` where the host has no address, its certificates cannot be read, or the request cannot be
    ///   written.
    func publisher(_ options: PublisherOptions) throws(RunError) -> LoadPublisher {
        let url = url(options.request.address)
        let given = Set(options.headers.map { $0.name.lowercased() })
        let body = options.request.body
        let type = body.hasPrefix("{") || body.hasPrefix("[") ? "application/json" : "text/plain; charset=utf-8"
        let defaults = [
            HTTPField("Host", url.hostHeader), HTTPField("User-Agent", "hydrotest/\(Version.current)"),
            HTTPField("Content-Type", type),
        ]
        let fields =
            defaults.filter { !given.contains($0.name.lowercased()) }
            + options.headers.map { HTTPField($0.name, $0.value) }
        let targets = try Self.addresses(url)
        let tls = url.tls ? try tlsContext(url) : nil
        do throws(HTTPWriteError) {
            var publisher = try LoadPublisher(
                name: options.name,
                rate: options.rate,
                targets: targets,
                tls: tls,
                method: options.request.method,
                path: url.path,
                fields: fields,
                body: body
            )
            publisher.scenarios = options.scenarios.map { Set($0) }
            publisher.start = options.start
            publisher.grace = options.grace
            return publisher
        } catch {
            throw .refused("the publish to \(url) cannot be written: \(error.rawValue)")
        }
    }
}
