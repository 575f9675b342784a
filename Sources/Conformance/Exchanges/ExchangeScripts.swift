import EventLoop
import HTTP
import Transport
import Vocabulary

/// How every exchange is carried out.
struct ExchangeScripts {
    private let options: CheckOptions
    private let writer: RequestWriter

    /// The host of the address.
    var host: String { options.url.host }

    init(_ options: CheckOptions) {
        self.options = options
        writer = RequestWriter(options: options)
    }

    /// The script of an exchange.
    ///
    /// - Parameter earlier: the records of the phases before.
    /// - Returns: the script; or the record that says why there is none.
    func script(_ name: ExchangeName, after earlier: [ExchangeName: ExchangeRecord]) -> ScriptOrReason {
        if name.needsTLS, !options.url.tls { return .reason("the address is not an https one") }
        if let reason = obstacle(name, earlier) { return .reason(reason) }
        if let script = helloScript(name) { return .script(script) }
        var script = ExchangeScript(requests: [request(name, after: earlier)], methods: [name.method])
        switch name {
        case .stream:
            script.listening = options.listening
            if options.publish != nil { script.publications = [options.marks.firstText, options.marks.second] }
        case .neighbour: script.listening = options.listening
        case .reuse:
            script.requests.append(script.requests[0])
            script.methods.append("HEAD")
        case .halfClose: script.act = .halfClose
        case .reset: script.act = .reset
        case .byteByByte: script.pace = .byteByByte
        case .tls12: script.security = .version(.tls12)
        case .tls13: script.security = .version(.tls13)
        case .session: script.security = .resuming
        case .closeNotify: script.awaitsClose = true
        case .unknownServerName: script.security = .serverName("unknown.hydrotest.invalid")
        case .unknownProtocol: script.security = .applicationProtocol("hydrotest")
        case .plainOnTLS: script.security = .none
        default: break
        }
        return .script(script)
    }

    /// What stands against an exchange; nil for nothing.
    private func obstacle(_ name: ExchangeName, _ earlier: [ExchangeName: ExchangeRecord]) -> String? {
        switch name {
        case .neighbour:
            if options.publish == nil { return "nothing is published; name where with --publish" }
            return options.url.path.contains("?") ? nil : "the address has no query that could choose events"
        case .resumeSeen, .resumeOther:
            if options.publish == nil { return "nothing is published; name where with --publish" }
            if name == .resumeOther, let reason = obstacle(.neighbour, earlier) { return reason }
            return firstID(earlier) == nil ? "the published event did not come, or has no ID" : nil
        default: return nil
        }
    }

    /// The ID of the first published event, as far as it came.
    private func firstID(_ earlier: [ExchangeName: ExchangeRecord]) -> String? {
        let events = earlier[.stream]?.reading.responses.last?.stream?.events ?? []
        return events.first { $0.data.contains(options.marks.first) && $0.hasID && !$0.id.isEmpty }?.id
    }

    private func request(_ name: ExchangeName, after earlier: [ExchangeName: ExchangeRecord]) -> [UInt8] {
        switch name {
        case .neighbour: return writer.request("GET", writer.pathOnly)
        case .acceptAny: return writer.request(with: [HTTPField("Accept", "*/*")])
        case .acceptNothing: return writer.request(without: ["accept"])
        case .acceptOther: return writer.request(with: [HTTPField("Accept", "application/x-hydrotest")])
        case .encodings: return writer.request(with: [HTTPField("Accept-Encoding", "gzip, deflate")])
        case .identity: return writer.request(with: [HTTPField("Accept-Encoding", "identity")])
        case .head, .reuse, .tls12, .tls13, .session, .unknownServerName, .unknownProtocol:
            return writer.request("HEAD")
        case .closeNotify: return writer.request("HEAD", with: [HTTPField("Connection", "close")])
        case .options: return writer.request("OPTIONS")
        case .preflight:
            return writer.request(
                "OPTIONS",
                with: [
                    HTTPField("Origin", Marks.origin), HTTPField("Access-Control-Request-Method", "GET"),
                    HTTPField("Access-Control-Request-Headers", "authorization"),
                ],
                // A browser sends no credentials in a preflight (Fetch, CORS-preflight fetch).
                without: ["authorization", "cookie"]
            )
        case .origin: return writer.request(with: [HTTPField("Origin", Marks.origin)])
        case .nullOrigin: return writer.request(with: [HTTPField("Origin", "null")])
        case .unknownMethod: return writer.request("HYDROTEST")
        case .conditional: return writer.request(with: [HTTPField("If-None-Match", "\"hydrotest-never-given\"")])
        case .range: return writer.request(with: [HTTPField("Range", "bytes=0-9")])
        case .oldVersion: return writer.request(version: "HTTP/1.0")
        case .laterMinor: return writer.request(version: "HTTP/1.2")
        case .absoluteForm: return writer.request("GET", options.url.description)
        case .closeAsked: return writer.request(with: [HTTPField("Connection", "close")])
        case .resumeEmpty, .resumeUnknown, .resumeLong, .resumeUTF8, .resumeBytes, .resumeEncoded, .nullInField:
            return resume(name)
        case .resumeSeen: return writer.request(with: [HTTPField("Last-Event-ID", firstID(earlier) ?? "")])
        case .resumeOther:
            return writer.request("GET", writer.pathOnly, with: [HTTPField("Last-Event-ID", firstID(earlier) ?? "")])
        case .injectLineFeed: return injection("%0A")
        case .injectReturn: return injection("%0D")
        case .injectBoth: return injection("%0D%0A")
        default: return unusual(name)
        }
    }

    private func resume(_ name: ExchangeName) -> [UInt8] {
        let value: [UInt8] =
            switch name {
            case .resumeUnknown: Array(Marks.unknownID.utf8)
            case .resumeLong: Array(repeating: UInt8(ascii: "7"), count: 4_000)
            case .resumeUTF8: Array("é漢😀".utf8)
            case .resumeBytes: [0x37, 0xFF, 0xC3, 0x28]
            case .resumeEncoded: Array("1%0A\(Marks.requestField): yes%0A".utf8)
            case .nullInField: [0x37, 0x00, 0x37]
            default: []
            }
        return writer.request(lines: [Array("Last-Event-ID: ".utf8) + value])
    }

    private func injection(_ end: String) -> [UInt8] {
        writer.request("GET", writer.target(injecting: "\(end)\(Marks.requestField):%20yes\(end)"))
    }

    /// Requests whose form is the point.
    private func unusual(_ name: ExchangeName) -> [UInt8] {
        switch name {
        case .fieldCase:
            let lines = writer.fields.map { field in
                let letters = field.name.enumerated().map { $0.isMultiple(of: 2) ? $1.lowercased() : $1.uppercased() }
                return Array("\(letters.joined()):\(field.value)".utf8)
            }
            return writer.raw("GET \(options.url.path) HTTP/1.1", [], lines)
        case .emptyLineFirst: return Array("\r\n".utf8) + writer.request()
        case .noHost: return writer.request(without: ["host"])
        case .twoHosts: return writer.request(lines: [Array("Host: other.hydrotest.invalid".utf8)])
        case .spaceBeforeColon: return writer.request(lines: [Array("X-Hydrotest : 1".utf8)])
        case .foldedField: return writer.request(lines: [Array("X-Hydrotest: 1".utf8), Array(" 2".utf8)])
        case .badRequestLine: return writer.raw("GET", writer.fields)
        case .longTarget: return writer.request("GET", writer.target(longerBy: 8_000 - "GET  HTTP/1.1\r\n".utf8.count))
        case .hugeTarget: return writer.request("GET", writer.target(longerBy: 100_000))
        default: return writer.request()
        }
    }
}

/// A script, or why there is none.
enum ScriptOrReason: Sendable {
    /// What is carried out.
    case script(ExchangeScript)
    /// Why nothing is.
    case reason(String)
}

extension ExchangeName {
    /// The method of its requests.
    var method: String {
        switch self {
        case .head, .reuse, .tls12, .tls13, .session, .closeNotify, .unknownServerName,
            .unknownProtocol:
            "HEAD"
        case .options, .preflight: "OPTIONS"
        case .unknownMethod: "HYDROTEST"
        default: "GET"
        }
    }
}

extension ExchangeScripts {
    /// The script of an exchange that is a ClientHello and nothing else; nil for any other.
    func helloScript(_ name: ExchangeName) -> ExchangeScript? {
        var hello = ClientHello()
        // A literal address is no server name (RFC 6066, 3).
        if SocketAddress(host, port: 0) == nil { hello.serverName = host }
        switch name {
        case .helloOld: hello.version = 0x0302
        case .helloFallback: hello.suites.append(ClientHello.fallback)
        case .helloUnknowns:
            hello.suites.insert(ClientHello.unknown, at: 0)
            hello.unknownGroups = [ClientHello.unknown]
            hello.unknownExtensions = [ClientHello.unknown]
        case .hello12, .helloPieces, .helloFragments: break
        default: return nil
        }
        let bytes = hello.records(of: name == .helloFragments ? 16 : 1 << 14)
        var script = ExchangeScript(requests: [bytes], methods: [], security: .none)
        if name == .helloPieces { script.pace = .byteByByte }
        return script
    }
}

/// How an exchange is carried out.
struct ExchangeScript: Sendable {
    /// How bytes are sent.
    enum Pace: Sendable {
        /// All at once.
        case whole
        /// Each in a segment of its own.
        case byteByByte
    }

    /// What the client does once a stream flows.
    enum Act: Sendable {
        case nothing
        /// Shuts its write side down, then listens on.
        case halfClose
        /// Resets the connection.
        case reset
    }

    /// How the connection is made where the address is an `https` one.
    enum Security: Sendable {
        /// As the options say.
        case ordinary
        /// Without TLS.
        case none
        /// One version only.
        case version(TLSClientContext.Version)
        /// Another server name, unverified.
        case serverName(String)
        /// Another application protocol.
        case applicationProtocol(String)
        /// The session of the exchange before.
        case resuming
    }

    /// The requests, each sent when the response to the one before is complete.
    var requests: [[UInt8]]
    /// The requests' methods; none where what comes is no HTTP.
    var methods: [String]
    var pace = Pace.whole
    var act = Act.nothing
    var security = Security.ordinary
    /// How long a stream is read, from its head on, in ns; nil for as long as it takes to see how it begins.
    var listening: Nanoseconds?
    /// Whether the connection is read to the server's close, though the response is complete.
    var awaitsClose = false
    /// What is published meanwhile.
    var publications: [String] = []
}
