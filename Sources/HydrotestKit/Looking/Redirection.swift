import EventStream
import RunProfile
import Vocabulary

/// One answer that sends a request elsewhere, and the request that follows from it (RFC 9110, 15.4).
public struct Redirection: Equatable, Sendable {
    /// Answers in a row that are followed.
    static let limit = 10
    /// The statuses that say where else to ask.
    static let statuses: Set = [301, 302, 303, 307, 308]

    /// The status.
    let status: Int
    /// The request as it is sent on.
    let request: TapOptions
    /// What is not as before, each in a few words.
    let changes: [String]

    /// The redirection that an answer asks for.
    ///
    /// - Parameters:
    ///   - request: what was answered.
    ///   - location: the value of `Location`; nil where there is none.
    ///   - certificateProblem: why the certificate of whoever answered is not trusted; nil where it is, or there is none.
    /// - Throws: ``TapError`` where it leads nowhere, or where none should go.
    init(of request: TapOptions, status: Int, location: String?, certificateProblem: String? = nil) throws(TapError) {
        guard let location else { throw TapError("REDIRECT_WITHOUT_LOCATION") }
        guard let url = request.url.resolving(location) else { throw TapError("MALFORMED_LOCATION") }
        guard request.url.isLoopback || !url.isLoopback else { throw TapError("REDIRECT_TO_THIS_MACHINE") }
        var next = request
        var changes = certificateProblem.map { ["said with a certificate that is not trusted, \($0)"] } ?? []
        next.url = url
        if Self.becomesGET(request.method, status) {
            next.method = "GET"
            next.body = nil
            // RFC 9110, 15.4: what describes the content goes with it.
            next.headers.removeAll { $0.name.lowercased().hasPrefix("content-") }
            changes.append("as GET" + (request.body == nil ? "" : ", without its body"))
        }
        if request.url.tls, !url.tls { changes.append("from https to http: what follows goes unencrypted") }
        if !Self.mayCarryCredentials(from: request.url, to: url) {
            // It names the host that was left.
            next.headers.removeAll { $0.name.lowercased() == "host" }
            let secrets = next.headers.filter { SecretText.isSecret($0.name) }
            next.headers.removeAll { SecretText.isSecret($0.name) }
            guard !Self.holdsSecrets(next.body ?? "") else { throw TapError("REDIRECT_OF_SECRETS") }
            if !secrets.isEmpty { changes.append("without \(secrets.map(\.name).joined(separator: ", "))") }
        }
        self.status = status
        self.request = next
        self.changes = changes
    }

    /// Whether a method is not kept: of 301 and 302 a POST is not, as browsers and curl do it.
    private static func becomesGET(_ method: String, _ status: Int) -> Bool {
        switch status {
        case 301, 302: method == "POST"
        case 303: method != "GET" && method != "HEAD"
        default: false
        }
    }

    private static func holdsSecrets(_ body: String) -> Bool {
        var secrets = SecretVariables()
        _ = secrets.pieces(body: body)
        return !secrets.names.isEmpty
    }

    /// Whether the other end is the one that the credentials are for: the same origin, or its encrypted one.
    private static func mayCarryCredentials(from old: TargetURL, to new: TargetURL) -> Bool {
        guard old.host.lowercased() == new.host.lowercased() else { return false }
        if old.tls == new.tls { return old.port == new.port }
        return new.tls && old.port == 80 && new.port == 443
    }

    /// Where to, and what changes: `307 to http://127.0.0.1:8080/stream`.
    public var words: String {
        "\(status) to \(SecretText.masked(word: "\(request.url)"))"
            + (changes.isEmpty ? "" : " (\(changes.joined(separator: "; ")))")
    }
}
