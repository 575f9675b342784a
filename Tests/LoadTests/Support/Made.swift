import EventLoop
import Foundation
import Load
import Record
import RunProfile
import ScriptedServer
import Testing
import Transport
import Vocabulary

/// Scenarios, endpoints and loads, made with few words.
enum Made {
    /// The request that every load of these tests sends.
    static let request = "GET /events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
    /// A head of an event stream that lasts until the connection closes.
    static let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
    /// Longer than any test may take.
    static let forever: Nanoseconds = 60 * .perSecond

    static func holding(_ connections: Int, for hold: Nanoseconds = forever, name: String = "holders") -> Scenario {
        var scenario = Scenario(name: name, connections: connections)
        scenario.hold = hold
        return scenario
    }

    /// How long a dropped connection stays: a half-closed one until the server's own end, which always comes.
    static func patience(_ manner: Manner) -> Nanoseconds {
        manner == .halfClose ? forever : 50 * .perMillisecond
    }

    static func dropping(
        _ connections: Int,
        at stages: [Stage]?,
        _ manners: [Manner],
        delay: ClosedRange<Nanoseconds> = 0...0,
        wait: Nanoseconds = 50 * .perMillisecond,
        name: String = "droppers"
    ) -> Scenario {
        var scenario = Scenario(name: name, connections: connections)
        var drop = DropOptions()
        drop.stages = stages
        drop.manners = manners
        drop.delay = delay
        drop.wait = wait
        scenario.drop = drop
        return scenario
    }

    static func endpoint(
        _ port: UInt16,
        hosts: [String] = ["127.0.0.1"],
        sources: [String] = [],
        tls: TLSClientContext? = nil,
        method: String = "GET",
        request: String = request
    ) -> Endpoint {
        Endpoint(
            targets: hosts.compactMap { SocketAddress($0, port: port) },
            sources: sources.compactMap { SocketAddress($0, port: 0) },
            tls: tls,
            method: method,
            requests: [Array(request.utf8)]
        )
    }

    static func generator(
        _ scenario: Scenario,
        _ endpoint: Endpoint,
        workers: Int = 1,
        limits: LimitOptions = LimitOptions(),
        heartbeat: HeartbeatOptions? = nil
    ) throws -> LoadGenerator {
        try generator([(scenario, endpoint)], workers: workers, limits: limits, heartbeat: heartbeat)
    }

    static func generator(
        _ scenarios: [(scenario: Scenario, endpoint: Endpoint)],
        workers: Int = 1,
        limits: LimitOptions = LimitOptions(),
        heartbeat: HeartbeatOptions? = nil
    ) throws -> LoadGenerator {
        let loads = scenarios.map {
            LoadScenario(plan: ScenarioPlan($0.scenario, tls: $0.endpoint.isTLS, seed: 7), endpoint: $0.endpoint)
        }
        return try LoadGenerator(
            scenarios: loads,
            workerCount: workers,
            settings: LoadSettings(heartbeat: heartbeat, limits: limits)
        )
    }

    /// A client's TLS state of one version.
    static func tls(
        _ version: TLSClientContext.Version,
        trusting certificate: SelfSignedCertificate? = nil,
        serverName: String = "localhost",
        resume: Bool = false
    ) throws -> TLSClientContext {
        var options = TLSClientContext.Options()
        options.minimumVersion = version
        options.maximumVersion = version
        options.verify = certificate != nil
        options.resume = resume
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).pem")
        defer { try? FileManager.default.removeItem(at: file) }
        if let certificate {
            try certificate.certificatePEM.write(to: file, atomically: true, encoding: .utf8)
            options.authorityFile = file.path
        }
        return try TLSClientContext(serverName: serverName, options: options)
    }
}
