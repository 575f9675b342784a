import EventLoop
import EventStream
import Glibc
import ReferenceServer
import Transport
import Vocabulary

/// A running server and a connection that looks at its state.
final class ServerFixture {
    let server: ReferenceServer
    let plain: TargetURL
    let secure: TargetURL?
    let trust: TLSClientContext?
    let observer: TestClient

    /// What the server says of itself when only the observer is there.
    static let emptyState =
        "{\"clients\":0,\"timers\":0,\"subscriptions\":0,\"sockets\":1,\"slots\":0,\"topics\":0,\"queuedBytes\":0,"
        + "\"producers\":0,\"pool\":0,\"opened\":0,\"pid\":1}\n"

    init(_ change: (inout ReferenceServerOptions) -> Void = { _ in }) throws {
        var options = ReferenceServerOptions()
        options.heartbeat = nil
        change(&options)
        server = try ReferenceServer(options)
        let addresses = try server.start()
        plain = addresses[0]
        secure = addresses.first(where: \.tls)
        var client = TLSClientContext.Options()
        client.verify = false
        trust = try TLSClientContext(serverName: "localhost", options: client)
        observer = try TestClient(plain)
    }

    deinit { server.stop() }

    func client(tls: Bool = false) throws -> TestClient {
        try TestClient(tls ? secure ?? plain : plain, tls: trust)
    }

    /// Opens an event stream and reads its first event.
    func stream(_ query: String = "", tls: Bool = false) throws -> (client: TestClient, id: String) {
        let client = try client(tls: tls)
        try client.sendRequest("GET", "/events" + query)
        _ = try client.head()
        try client.read(until: "\ndata: {\"id\":\"")
        let id = try client.read(until: "\"}\n\n")
        return (client, id)
    }

    /// One gauge of the server's state.
    func gauge(_ name: String) throws -> Int {
        try Self.number("\"\(name)\":", in: observer.request("GET", "/debug/state").body)
    }

    /// One metric of the server.
    func metric(_ name: String) throws -> Int {
        try Self.metric(name, from: observer)
    }

    /// One metric of the server, through a connection of one's own.
    static func metric(_ name: String, from client: TestClient) throws -> Int {
        try number("\n\(name) ", in: client.request("GET", "/metrics").body)
    }

    private static func number(_ label: String, in text: String) throws -> Int {
        guard let range = text.firstRange(of: label),
            let number = Int(text[range.upperBound...].prefix(while: \.isNumber))
        else { throw TestClient.Failed(reason: "no \(label) in \(text)") }
        return number
    }

    /// Looks until a condition holds.
    ///
    /// - Returns: whether it did before the deadline.
    func eventually(_ condition: () throws -> Bool) rethrows -> Bool {
        let deadline = MonotonicClock.now() + TestClient.patience
        while MonotonicClock.now() < deadline {
            if try condition() { return true }
            usleep(2_000)
        }
        return false
    }
}
