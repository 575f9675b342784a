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

extension ExchangeName {
    /// What is sent, in a sentence.
    public var sentence: String {
        switch self {
        case .stream: "A GET as EventSource sends it; the stream is listened to, and texts are published where one can."
        case .neighbour: "A GET of the path without its query, listened to as the stream is."
        case .acceptAny: "A GET with Accept: */*."
        case .acceptNothing: "A GET without Accept."
        case .acceptOther: "A GET with Accept: application/x-hydrotest."
        case .encodings: "A GET with Accept-Encoding: gzip, deflate."
        case .identity: "A GET with Accept-Encoding: identity."
        case .head: "A HEAD."
        case .options: "An OPTIONS."
        case .preflight: "The OPTIONS of a CORS preflight for a GET with Authorization."
        case .origin: "A GET with the Origin of another site."
        case .nullOrigin: "A GET with Origin: null."
        case .unknownMethod: "A request with the method HYDROTEST."
        case .conditional: "A GET with an If-None-Match that no answer has had."
        case .range: "A GET with Range: bytes=0-9."
        case .oldVersion: "A GET in HTTP/1.0."
        case .laterMinor: "A GET in HTTP/1.2."
        case .absoluteForm: "A GET whose target is the whole address."
        case .fieldCase: "A GET whose field names are in odd letter case, without a space after the colons."
        case .closeAsked: "A GET with Connection: close."
        case .reuse: "A HEAD, and on the same connection a second one."
        case .resumeEmpty: "A GET with an empty Last-Event-ID."
        case .resumeUnknown: "A GET with a Last-Event-ID that was never given out."
        case .resumeLong: "A GET with a Last-Event-ID of 4,000 bytes."
        case .resumeUTF8: "A GET with a Last-Event-ID of UTF-8 characters."
        case .resumeBytes: "A GET with a Last-Event-ID that is not UTF-8."
        case .resumeEncoded: "A GET with a Last-Event-ID that holds a percent-encoded line end and a field."
        case .injectLineFeed: "A GET whose query values hold an encoded LF and a line of a field."
        case .injectReturn: "A GET whose query values hold an encoded CR and a line of a field."
        case .injectBoth: "A GET whose query values hold an encoded CRLF and a line of a field."
        case .halfClose: "A GET; once the head has come, the client shuts down its write side."
        case .byteByByte: "A GET that is sent byte by byte."
        case .tls12: "A handshake that offers TLS 1.2 only, and a HEAD."
        case .tls13: "A handshake that offers TLS 1.3 only, and a HEAD."
        case .session: "A HEAD; then a handshake that offers the session of that connection, and a HEAD."
        case .closeNotify: "A HEAD with Connection: close."
        case .unknownServerName: "A handshake with the server name unknown.hydrotest.invalid."
        case .unknownProtocol: "A handshake that offers the application protocol hydrotest only."
        case .plainOnTLS: "A GET without TLS."
        case .helloOld: "A ClientHello of TLS 1.1."
        case .hello12: "A ClientHello of TLS 1.2."
        case .helloPieces: "A ClientHello of TLS 1.2, byte by byte."
        case .helloFragments: "A ClientHello of TLS 1.2, cut into records of 16 bytes."
        case .helloUnknowns:
            "A ClientHello of TLS 1.2 with suites, groups and an extension that nobody knows (RFC 8701)."
        case .helloFallback: "A ClientHello of TLS 1.2 with TLS_FALLBACK_SCSV."
        case .emptyLineFirst: "An empty line, then a GET."
        case .noHost: "A GET in HTTP/1.1 without Host."
        case .twoHosts: "A GET with two Host fields."
        case .spaceBeforeColon: "A GET with a space between a field's name and its colon."
        case .foldedField: "A GET with a field folded over two lines."
        case .nullInField: "A GET with a NUL in its Last-Event-ID."
        case .badRequestLine: "A request line without a target."
        case .longTarget: "A GET whose request line is 8,000 bytes long."
        case .hugeTarget: "A GET with a target of 100,000 bytes."
        case .resumeSeen: "A GET with the Last-Event-ID of the first published event."
        case .resumeOther: "A GET of the path without its query, with the Last-Event-ID of the first published event."
        case .reset: "A GET; once the stream flows, the client resets the connection."
        case .afterReset: "A GET, after another client has reset its connection."
        }
    }
}
