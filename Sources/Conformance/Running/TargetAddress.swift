import EventLoop
import Transport
import Vocabulary

/// Finds the address that answers at a URL.
enum TargetAddress {
    /// The first of the host's addresses that a connection, with its TLS handshake, stands to.
    ///
    /// - Throws: ``CheckError/unreachable(_:)`` where there is none; ``CheckError/interrupted``.
    static func find(
        _ url: TargetURL,
        tls: TLSClientContext?,
        isInterrupted: @escaping @Sendable () -> Bool
    ) throws(CheckError) -> SocketAddress {
        let addresses: [SocketAddress]
        do {
            addresses = try SocketAddress.resolve(url.host, port: url.port)
        } catch {
            throw .unreachable("UNRESOLVED_HOST")
        }
        var reason = "UNRESOLVED_HOST"
        for address in addresses {
            do throws(ExchangeFailure) {
                let connection = try ExchangeConnection(
                    to: address,
                    tls: tls,
                    resuming: nil,
                    isInterrupted: isInterrupted
                )
                defer { connection.close() }
                try connection.establish(by: MonotonicClock.now() + CheckLimits.connectTime)
                return address
            } catch {
                guard error.end != .interrupted else { throw .interrupted }
                reason = error.end.words
            }
        }
        throw .unreachable(reason)
    }
}
