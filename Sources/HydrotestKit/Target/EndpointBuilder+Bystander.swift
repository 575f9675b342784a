import EventStream
import Load
import RunProfile
import Vocabulary

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
