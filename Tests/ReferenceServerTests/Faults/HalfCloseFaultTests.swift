import Foundation
import Glibc
import TestTurns
import Testing
import Vocabulary

@testable import ReferenceServer

/// A socket that is never closed after a half-close.
@Suite(Turn.sideBySide) struct HalfCloseFaultTests {
    /// Whether the server has closed its side of a connection.
    private func isEnded(_ client: TestClient) -> Bool {
        var bytes = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = recv(client.descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
            if count <= 0 { return count == 0 }
        }
    }

    @Test(arguments: [[], [Fault.fdLeak]], [false, true])
    func halfClosedSocketIsForgotten(faults: [Fault], tls: Bool) throws {
        let fixture = try ServerFixture {
            $0.tlsPort = 0
            $0.faults.names = Set(faults)
        }
        let (client, _) = try fixture.stream("?topics=a", tls: tls)
        try client.drop(.halfClose)
        #expect(try fixture.eventually { try fixture.gauge("sockets") == 1 })
        #expect(isEnded(client) == faults.isEmpty)
        // The client's entry goes in any case.
        #expect(try fixture.observer.request("GET", "/debug/state").body == ServerFixture.emptyState)
    }

    /// In a process of its own, whose descriptors nobody else opens.
    @Test func onlyAHalfCloseLeaksADescriptor() async {
        await #expect(processExitsWith: .success) {
            let fixture = try ServerFixture {
                $0.tlsPort = 0
                $0.faults.names = [.fdLeak]
            }
            _ = try fixture.gauge("sockets")
            var expected = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
            for manner in [Manner.fin, .rst, .halfClose, .closeNotify, .alert] {
                for tls in [false, true] where manner.applies(at: .streaming, tls: tls) {
                    let (client, _) = try fixture.stream(tls: tls)
                    try client.drop(manner)
                    let isOver = try fixture.eventually { try fixture.gauge("sockets") == 1 }
                    client.close()
                    if manner == .halfClose { expected += 1 }
                    let count = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
                    precondition(
                        isOver && count == expected,
                        "\(manner) over TLS: \(tls), \(count) descriptors, not \(expected)"
                    )
                }
            }
        }
    }
}
