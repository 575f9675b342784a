import EventStream
import HTTP
import Report

/// What the viewer answers to a request: a head and a body.
struct ViewerAnswer: Equatable {
    /// The status code.
    let status: Int
    /// The fields, the same in every answer but for what describes the body.
    let fields: [HTTPField]
    /// The body; left out where only the head was asked for.
    let body: [UInt8]

    /// The answer to a request.
    ///
    /// Only a `Host` that names this machine is answered: a page from elsewhere, whose name was made to lead here, could
    /// else read the report.
    ///
    /// - Parameter load: the compressed bytes of a file of the report; nil where there is none.
    init(to request: HTTPRequestHead, load: (String) -> [UInt8]?) {
        let isHead = request.method == "HEAD"
        guard isHead || request.method == "GET" else {
            self.init(405, "only GET and HEAD are answered\n", extra: [HTTPField("Allow", "GET, HEAD")])
            return
        }
        guard Self.isThisMachine(request.value(of: "host")) else {
            self.init(403, "this report is shown to this machine only\n", isHead: isHead)
            return
        }
        guard let file = Self.files[request.path] else {
            self.init(404, "there is no such page; the report is at /\n", isHead: isHead)
            return
        }
        guard let packed = load(file.name) else {
            self.init(404, "\(file.name) is gone; was the report folder moved?\n", isHead: isHead)
            return
        }
        let vary = HTTPField("Vary", "Accept-Encoding")
        if Self.acceptsGzip(request) {
            let coded = [vary, HTTPField("Content-Encoding", "gzip")]
            self.init(200, packed, type: file.type, extra: coded, isHead: isHead)
        } else if let plain = try? GzipDecoder.unpack(packed, limit: ReportFile.mostBytes) {
            self.init(200, plain, type: file.type, extra: [vary], isHead: isHead)
        } else {
            self.init(500, "\(file.name) is damaged; repeat the run, or render it again\n", isHead: isHead)
        }
    }

    /// The answer to what is no request.
    init(to error: HTTPHeadError) {
        self.init(error == .headerLimit ? 431 : 400, "no request: \(error.rawValue)\n")
    }

    /// The bytes on the wire.
    var bytes: [UInt8] {
        // The fields are this type's own, so that none of them can break the head.
        ((try? HTTPHeadWriter.response(status: status, fields: fields)) ?? []) + body
    }

    private static let files: [String: (name: String, type: String)] = [
        "/": ("report.html.gz", "text/html; charset=utf-8"),
        "/report.html": ("report.html.gz", "text/html; charset=utf-8"),
        "/report.json": ("report.json.gz", "application/json"),
    ]

    private init(_ status: Int, _ text: String, extra: [HTTPField] = [], isHead: Bool = false) {
        self.init(status, Array(text.utf8), type: "text/plain; charset=utf-8", extra: extra, isHead: isHead)
    }

    private init(_ status: Int, _ bytes: [UInt8], type: String, extra: [HTTPField], isHead: Bool) {
        self.status = status
        fields =
            [
                HTTPField("Content-Type", type), HTTPField("Content-Length", "\(bytes.count)"),
                HTTPField("Connection", "close"), HTTPField("Cache-Control", "no-store"),
                HTTPField("X-Content-Type-Options", "nosniff"), HTTPField("Referrer-Policy", "no-referrer"),
                HTTPField("Content-Security-Policy", HTMLReport.policy + "; frame-ancestors 'none'"),
            ] + extra
        body = isHead ? [] : bytes
    }

    private static func isThisMachine(_ host: String?) -> Bool {
        guard let host = host?.lowercased() else { return false }
        let name =
            host.hasPrefix("[")
            ? host.prefix(through: host.firstIndex(of: "]") ?? host.startIndex) : host.prefix { $0 != ":" }
        return ["127.0.0.1", "localhost", "[::1]"].contains(name)
    }

    /// Whether gzip is welcome (RFC 9110, 12.5.3); a weight of zero says that it is not.
    private static func acceptsGzip(_ request: HTTPRequestHead) -> Bool {
        request.fields.tokens(of: "accept-encoding").contains { token in
            let parts = token.split(separator: ";").map { $0.filter { $0 != " " } }
            guard parts.first == "gzip" || parts.first == "*" else { return false }
            return !parts.dropFirst().contains { $0.hasPrefix("q=") && Double($0.dropFirst(2)) == 0 }
        }
    }
}
