/// The states of a TCP socket, by the kernel's numbers (`enum` in include/net/tcp_states.h; RFC 9293, 3.3.2).
enum TCPState: UInt8, CaseIterable, Sendable {
    case established = 1
    case synSent
    case synReceived
    case finWait1
    case finWait2
    case timeWait
    case close
    case closeWait
    case lastAcknowledgment
    case listen
    case closing
    /// A connection request that has no socket of its own yet.
    case newSynReceived

    /// The name that `ss` and `/proc` know it by.
    var name: String {
        switch self {
        case .established: "ESTABLISHED"
        case .synSent: "SYN_SENT"
        case .synReceived, .newSynReceived: "SYN_RECV"
        case .finWait1: "FIN_WAIT1"
        case .finWait2: "FIN_WAIT2"
        case .timeWait: "TIME_WAIT"
        case .close: "CLOSE"
        case .closeWait: "CLOSE_WAIT"
        case .lastAcknowledgment: "LAST_ACK"
        case .listen: "LISTEN"
        case .closing: "CLOSING"
        }
    }

    /// The state's bit in a mask of states.
    var bit: UInt32 { 1 << UInt32(rawValue) }

    /// Every state of a connection; LISTEN is none, and TIME_WAIT belongs to no process.
    static let connectionMask = allCases.reduce(0) { $0 | $1.bit } & ~(listen.bit | timeWait.bit)

    /// The states that connections accepted by a server can be in, each with a series of its own.
    static let serverStates: [TCPState] = [
        .established, .synReceived, .finWait1, .finWait2, .closeWait, .lastAcknowledgment, .closing,
    ]
}
