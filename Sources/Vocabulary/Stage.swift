/// A point in a connection's life, in the order in which a connection passes them.
public enum Stage: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
    /// The connection attempt has been sent; the peer has not answered.
    case connecting
    /// The TCP connection stands; nothing has been sent on it.
    case connected
    /// Some but not all bytes of the ClientHello have been sent.
    case tlsHelloPartial = "tls-hello-partial"
    /// The whole ClientHello has been sent.
    case tlsHelloSent = "tls-hello-sent"
    /// The ServerHello has been read.
    case tlsHelloReceived = "tls-hello-received"
    /// The server's whole flight has been read; the client's Finished has not been sent.
    case tlsFinishedWithheld = "tls-finished-withheld"
    /// The TLS handshake is complete; no request has been sent.
    case tlsEstablished = "tls-established"
    /// Some but not all bytes of the request have been sent.
    case requestPartial = "request-partial"
    /// The whole request has been sent.
    case requestSent = "request-sent"
    /// The first byte of the response has been read.
    case responseStarted = "response-started"
    /// The whole response head has been read.
    case headersReceived = "headers-received"
    /// The first byte of the event stream has been read.
    case streamStarted = "stream-started"
    /// The first complete event has been read.
    case firstEvent = "first-event"
    /// Everything received up to and after the first event has been read; the stream is open.
    case streaming

    /// Whether the stage exists only on a TLS connection.
    public var needsTLS: Bool {
        switch self {
        case .tlsHelloPartial, .tlsHelloSent, .tlsHelloReceived, .tlsFinishedWithheld, .tlsEstablished: true
        default: false
        }
    }

    /// The stages that a connection passes, in order.
    ///
    /// - Parameter tls: whether the connection is a TLS one.
    public static func passed(tls: Bool) -> [Stage] {
        tls ? allCases : allCases.filter { !$0.needsTLS }
    }
}

extension Stage: Comparable {
    /// The position in the order of ``allCases``, from 0.
    public var order: Int {
        switch self {
        case .connecting: 0
        case .connected: 1
        case .tlsHelloPartial: 2
        case .tlsHelloSent: 3
        case .tlsHelloReceived: 4
        case .tlsFinishedWithheld: 5
        case .tlsEstablished: 6
        case .requestPartial: 7
        case .requestSent: 8
        case .responseStarted: 9
        case .headersReceived: 10
        case .streamStarted: 11
        case .firstEvent: 12
        case .streaming: 13
        }
    }

    /// Whether one stage is passed before another.
    public static func < (left: Stage, right: Stage) -> Bool { left.order < right.order }
}

/// How a connection is dropped.
public enum Manner: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
    /// An orderly close: the kernel sends a FIN.
    case fin
    /// An abort: the kernel sends a RST (linger 0).
    case rst
    /// The write side is shut down; the client waits for the server to close.
    case halfClose = "half-close"
    /// A TLS close_notify alert, then an orderly close (RFC 8446, 6.1).
    case closeNotify = "close-notify"
    /// A fatal TLS alert, then an orderly close (RFC 8446, 6.2).
    case alert
    /// The client stops reading and stays open.
    case stall
    /// The socket disappears and nothing is sent (TCP_REPAIR; needs CAP_NET_ADMIN).
    case vanish

    /// How many manners there are.
    public static let count = allCases.count

    /// The position in ``allCases``, from 0.
    public var order: Int {
        switch self {
        case .fin: 0
        case .rst: 1
        case .halfClose: 2
        case .closeNotify: 3
        case .alert: 4
        case .stall: 5
        case .vanish: 6
        }
    }

    /// Whether a connection can be dropped in this manner at a stage.
    ///
    /// A TLS alert cannot be sent before the ClientHello is complete: its bytes would be read as part of the hello.
    public func applies(at stage: Stage, tls: Bool) -> Bool {
        if stage.needsTLS && !tls { return false }
        switch self {
        case .closeNotify, .alert: return tls && stage >= .tlsHelloSent
        case .halfClose: return stage != .connecting
        case .fin, .rst, .stall, .vanish: return true
        }
    }
}
