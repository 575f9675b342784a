import Report
import Vocabulary

extension ProfileDraft {
    var target: [String] {
        var lines = request.variables.map { "# export \($0)='…' before the run: the value is a secret." }
        lines += ["target:", "  url: \(request.url)"]
        if options.method != "GET" { lines.append("  method: \(options.method)") }
        lines +=
            request.headers.isEmpty
            ? ["  # headers: { Authorization: \"Bearer ${TOKEN}\" }"]
            : ["  headers:"] + request.headers.map { "    \($0.name): \($0.value)" }
        if let body = request.body { lines.append("  body: \(body)") }
        if options.url.tls { lines += tls }
        if !options.url.isLoopback {
            lines += [
                "  # hydrotest run goes to this machine only; true says that this host welcomes the load.",
                "  authorized: false",
            ]
        }
        return lines
    }

    private var tls: [String] {
        if let authority = options.authorityFile, sight.certificateProblem == nil, !options.insecure {
            return ["  tls: { ca: \(quote(authority)) }"]
        }
        guard sight.certificateProblem != nil || options.insecure else { return [] }
        let address =
            "\(options.url.host.contains(":") ? "[\(options.url.host)]" : options.url.host):\(options.url.port)"
        let reason =
            sight.certificateProblem.map { "the certificate is not trusted: \($0)" }
            ?? "--insecure was given, and the certificate not looked at"
        return [
            "  tls:",
            "    verify: false              # \(reason)",
            "    # To verify it, name who signed it, in place of the line above. A self-signed one is got by",
            "    # openssl s_client -connect \(address) </dev/null | openssl x509 > ca.pem",
            "    # ca: ca.pem",
        ]
    }

    /// A text of a server's as YAML writes it in double quotes.
    func quote(_ text: String) -> String { YAMLText.quote(clean(text, limit: 8_192)) }

    /// A text of a server's in one line.
    func clean(_ text: String, limit: Int = 120) -> String { PlainText.clean(text, limit: limit) }

    /// A duration as a profile writes it, in the largest unit that divides it.
    func duration(_ duration: Nanoseconds) -> String {
        let unit = DurationText.units.last { $0.nanoseconds <= duration && duration % $0.nanoseconds == 0 }
        return unit.map { "\(duration / $0.nanoseconds)\($0.suffix)" } ?? "\(duration)ns"
    }
}
