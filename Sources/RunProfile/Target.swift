import Vocabulary

/// The server under test and how it is asked.
public struct Target: Equatable, Sendable {
    /// Where a request is sent.
    public enum Address: Equatable, Sendable {
        /// The bundled server, started for the run; the request target (`/events?topics=news`).
        case reference(path: String)
        /// A server that runs already.
        case url(TargetURL)
    }

    /// Where streams are opened.
    public var address: Address
    /// The request method, in capitals.
    public var method = "GET"
    /// Headers in the order written; one named like a default (`Host`, `Accept`, `Cache-Control`, `User-Agent`) replaces it.
    public var headers: [Header] = []
    /// The request body; nil for none.
    public var body: String?
    /// How TLS is spoken.
    public var tls = TLSOptions()
    /// Whether the profile names the host as one that welcomes the load; needed where it is not loopback.
    public var authorized = false

    /// A target with defaults for all but its address.
    public init(address: Address) { self.address = address }

    /// One request header.
    public struct Header: Equatable, Sendable {
        /// The field name as written.
        public var name: String
        /// The field value, without line ends.
        public var value: String

        /// A header from its parts.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }
}

/// How TLS is spoken to the target.
public struct TLSOptions: Equatable, Sendable {
    /// The versions a profile can name.
    public enum Version: String, CaseIterable, Sendable {
        /// TLS 1.2 (RFC 5246).
        case tls12 = "1.2"
        /// TLS 1.3 (RFC 8446).
        case tls13 = "1.3"
    }

    /// Whether certificate and host name are verified.
    public var verify = true
    /// A PEM file of trusted authorities, relative to the profile's folder; nil for the system's.
    public var authorityFile: String?
    /// The name that is sent (SNI) and verified; nil for the target's host.
    public var serverName: String?
    /// The lowest version offered.
    public var minimumVersion = Version.tls12
    /// The highest version offered.
    public var maximumVersion = Version.tls13
    /// Whether connections resume the session that the server handed out last (RFC 5077; RFC 8446, 2.2).
    public var resume = false

    /// The defaults: everything verified, TLS 1.2 and 1.3, a full handshake for every connection.
    public init() {}
}

/// What a run is aimed at, as far as the rest of the profile must know.
enum TargetKind: Equatable {
    /// The bundled server.
    case reference
    /// A server that runs already; whether its address is an `https` one.
    case server(tls: Bool)
    /// The target could not be read.
    case unknown

    /// The kind of an address that was read, or not.
    init(_ address: Target.Address?) {
        switch address {
        case .reference: self = .reference
        case .url(let url): self = .server(tls: url.tls)
        case nil: self = .unknown
        }
    }
}

/// Reads `target:`.
enum TargetReader {
    /// Reads the server under test and how it is asked.
    static func read(_ field: Field) -> Target? {
        guard var keys = MappingReader(field, expected: "a map, such as { url: reference }") else { return nil }
        defer { keys.finish() }
        let address = keys.required("url", expected: "an http or https address, or reference")?
            .address(defaultPath: "/events", example: "/events")
        var target = Target(address: address ?? .reference(path: "/events"))
        keys.read("method", into: &target.method) { $0.method() }
        keys.read("headers", into: &target.headers, headers)
        keys.read("body", into: &target.body) { $0.text(expected: "text, such as '{ \"stream\": true }'") }
        keys.read("tls", into: &target.tls, TLSReader.read)
        keys.read("authorized", into: &target.authorized) { $0.flag() }
        return address == nil ? nil : target
    }

    /// Reads request headers, by name.
    static func headers(_ field: Field) -> [Target.Header]? {
        let expectation = "a map of names and values, such as { Authorization: \"Bearer ${TOKEN}\" }"
        guard let pairs = field.pairs(limit: ProfileLimits.headers, expected: expectation) else { return nil }
        var headers: [Target.Header] = []
        for (name, value) in pairs {
            guard HTTPSyntax.isToken(name) else {
                value.reject("\(Quotation.quote(name)) is no header name", expected: "a token, such as Authorization")
                continue
            }
            guard !headers.contains(where: { $0.name.lowercased() == name.lowercased() }) else {
                value.reject("the header is named twice, in different case", expected: "one of them")
                continue
            }
            let expectation = "one line of at most \(ProfileLimits.headerValueBytes) bytes"
            guard let text = value.text(expected: expectation, where: HTTPSyntax.isFieldValue) else { continue }
            headers.append(Target.Header(name: name, value: text))
        }
        return headers
    }
}

/// Reads `target.tls:`.
enum TLSReader {
    /// Reads how TLS is spoken to the target.
    static func read(_ field: Field) -> TLSOptions? {
        guard var keys = MappingReader(field, expected: "a map, such as { verify: false }") else { return nil }
        defer { keys.finish() }
        var options = TLSOptions()
        keys.read("verify", into: &options.verify) { $0.flag() }
        keys.read("ca", into: &options.authorityFile) { field in
            field.text(expected: "the path of a PEM file, such as ca.pem") { !$0.isEmpty && !$0.utf8.contains(0) }
        }
        keys.read("serverName", into: &options.serverName) { field in
            field.text(expected: "a host name, such as localhost", where: isHostName)
        }
        keys.read("minVersion", into: &options.minimumVersion) { $0.choice() }
        let highest = keys.field("maxVersion")
        if let version: TLSOptions.Version = highest?.choice() { options.maximumVersion = version }
        keys.read("resume", into: &options.resume) { $0.flag() }
        if options.minimumVersion == .tls13, options.maximumVersion == .tls12 {
            highest?.reject("below minVersion", expected: "1.3, or minVersion: \"1.2\"")
        }
        return options
    }

    /// Whether a text can be sent as a server's name (RFC 6066, 3; RFC 1035, 2.3.4).
    private static func isHostName(_ text: String) -> Bool {
        (1...253).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "-._:".utf8.contains(byte)
                }
            }
    }
}
