import EventLoop
import HTTP
import Load
import Record
import RunProfile
import Vocabulary

/// Ordinary requests before the load, beside it, and after it.
extension ProfileRun {
    /// The longest that stalled connections are watched beyond what their scenario says, in ns.
    static let longestStallLook: Nanoseconds = 60 * .perSecond
    /// The longest that bystanders are watched after the load, in ns.
    static let longestAfter: Nanoseconds = 5 * .perSecond

    /// What holds for the connections of the profile's own load, and not for those of a trial.
    var loadSettings: LoadSettings {
        var settings = LoadSettings(heartbeat: profile.heartbeat, limits: profile.limits)
        let inactivity = min(profile.leak.inactivity ?? 0, Self.longestStallLook)
        settings.stallLook = min(profile.leak.settle, Self.longestStallLook) + inactivity
        return settings
    }

    /// Makes the bystanders of a run; only the profile's own load has any.
    ///
    /// - Throws: ``RunError`` where one cannot be set up.
    func makeBystanders(_ work: RunWork, _ builder: EndpointBuilder) throws(RunError) -> BystanderWatch {
        var bystanders: [LoadBystander] = []
        if work == .load, profile.capacity == nil {
            for options in profile.bystanders { bystanders.append(try builder.bystander(options)) }
        }
        return BystanderWatch(bystanders)
    }

    /// Begins a part of what bystanders see.
    ///
    /// - Throws: ``RunError/machine(_:)`` where the machine gives no loop or no thread.
    func begin(
        _ part: WritableKeyPath<BystanderRecord, BystanderRecord.Part>,
        of bystanders: BystanderWatch,
        beside progress: LoadProgress? = nil
    ) throws(RunError) {
        do {
            try bystanders.begin(part, beside: progress)
        } catch {
            throw .machine("the bystanders cannot start: \(error.advice)")
        }
    }

    /// Looks how bystanders fare once every connection is gone, and the ladder has been climbed: before, they would be
    /// among what the gauges still hold.
    ///
    /// - Throws: ``RunError/machine(_:)`` where the machine gives no loop or no thread.
    func lookAfter(_ bystanders: BystanderWatch) throws(RunError) {
        guard !bystanders.isEmpty else { return }
        if !isOver {
            try begin(\.after, of: bystanders)
            let time = min(max(profile.leak.baseline, 1 * .perSecond), Self.longestAfter)
            wait(until: MonotonicClock.now() + time, saying: "bystanders") { false }
        }
        bystanders.end()
        record.load.bystanders = bystanders.records
    }
}

extension EndpointBuilder {
    /// Where a bystander asks: a path is of the target's host.
    func url(_ options: BystanderOptions) -> TargetURL {
        switch options.address {
        case .other(let address): return url(address)
        case .path(let path):
            var url = url(profile.target.address)
            url.path = path
            return url
        }
    }

    /// Makes a bystander of the load.
    ///
    /// - Throws: ``RunError`` where the host has no address, its certificates cannot be read, or the request cannot be
    ///   written.
    func bystander(_ options: BystanderOptions) throws(RunError) -> LoadBystander {
        let url = url(options)
        // Another address is none of those that the target's credentials are for.
        var inherited: [Target.Header] = []
        if case .path = options.address {
            let ofStreams: Set<String> = ["accept", "cache-control", "last-event-id", "content-type", "host"]
            inherited = profile.target.headers.filter { !ofStreams.contains($0.name.lowercased()) }
        }
        var fields = [
            HTTPField("Host", url.hostHeader), HTTPField("User-Agent", "hydrotest/\(Version.current)"),
            HTTPField("Accept-Encoding", "identity"),
        ]
        for header in inherited + options.headers {
            fields.removeAll { $0.name.lowercased() == header.name.lowercased() }
            fields.append(HTTPField(header.name, header.value))
        }
        // It ends its own connection.
        fields.removeAll { $0.name.lowercased() == "connection" }
        let targets = try Self.addresses(url)
        let tls = url.tls ? try tlsContext(url) : nil
        do throws(HTTPWriteError) {
            var bystander = try LoadBystander(
                name: options.name,
                url: SecretText.masked(word: "\(url)"),
                every: options.every,
                timeout: options.timeout,
                targets: targets,
                tls: tls,
                method: options.method,
                path: url.path,
                fields: fields,
                body: options.body
            )
            bystander.expect = options.expect
            return bystander
        } catch {
            throw .refused("the bystander \(options.name) cannot be asked at \(url): \(error.rawValue)")
        }
    }
}
