/// The exchanges, in the order in which they are begun.
public enum ExchangeName: String, CaseIterable, Codable, Sendable {
    // Listened to in full, so begun first.
    case stream, neighbour
    // Negotiation.
    case acceptAny, acceptNothing, acceptOther, encodings, identity, head, options, preflight, origin, nullOrigin
    case unknownMethod, conditional, range, oldVersion, laterMinor, absoluteForm, fieldCase, closeAsked, reuse
    // Resume.
    case resumeEmpty, resumeUnknown, resumeLong, resumeUTF8, resumeBytes, resumeEncoded
    case injectLineFeed, injectReturn, injectBoth
    // Liveness.
    case halfClose, byteByByte
    // TLS.
    case tls12, tls13, session, closeNotify, unknownServerName, unknownProtocol, plainOnTLS
    case helloOld, hello12, helloPieces, helloFragments, helloUnknowns, helloFallback
    // Requests that break the rules.
    case emptyLineFirst, noHost, twoHosts, spaceBeforeColon, foldedField, nullInField, badRequestLine
    case longTarget, hugeTarget
    // After others.
    case resumeSeen, resumeOther
    // Last, since a server may not survive it.
    case reset, afterReset

    /// When it is carried out: all of a phase at once, bounded; each phase after the one before.
    var phase: Int {
        switch self {
        case .resumeSeen, .resumeOther: 1
        case .reset: 2
        case .afterReset: 3
        default: 0
        }
    }

    /// The exchanges that it builds upon.
    var foundation: [ExchangeName] {
        switch self {
        case .resumeSeen: [.stream]
        case .resumeOther: [.stream, .neighbour]
        case .afterReset: [.reset]
        default: []
        }
    }

    /// Whether it says something of TLS servers only.
    var needsTLS: Bool {
        switch self {
        case .tls12, .tls13, .session, .closeNotify, .unknownServerName, .unknownProtocol,
            .plainOnTLS, .helloOld, .hello12, .helloPieces, .helloFragments, .helloUnknowns, .helloFallback:
            true
        default: false
        }
    }
}
