import EventStream
import Load
import RunProfile
import Vocabulary

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
