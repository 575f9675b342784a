import EventLoop
import HTTP
import Load
import Transport
import Vocabulary

extension Made {
    /// A publisher towards a port of this machine.
    static func publisher(
        _ port: UInt16,
        rate: Double = 200,
        path: String = "/publish",
        body: String = "${seq}",
        tls: TLSClientContext? = nil
    ) throws -> LoadPublisher {
        try LoadPublisher(
            name: "news",
            rate: rate,
            targets: [SocketAddress("127.0.0.1", port: port)].compactMap(\.self),
            tls: tls,
            method: "POST",
            path: path,
            fields: [HTTPField("Host", "localhost")],
            body: body
        )
    }
}
