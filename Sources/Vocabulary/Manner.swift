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
