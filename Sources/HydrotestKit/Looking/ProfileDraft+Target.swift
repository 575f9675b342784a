import EventStream
import Report
import Vocabulary

extension ProfileDraft {
    /// Headers whose values are secrets: they are left to the environment.
    private static let secrets: Set<String> = ["authorization", "cookie", "proxy-authorization", "x-api-key"]

    var target: [String] {
        var lines = ["target:", "  url: \(quote("\(options.url)"))"]
        lines +=
            options.headers.isEmpty
            ? ["  # headers: { Authorization: \"Bearer ${TOKEN}\" }"]
            : ["  headers:"] + options.headers.map(header)
        if options.url.tls { lines += tls }
        if !options.url.isLoopback {
            lines += [
                "  # hydrotest run goes to this machine only; true says that this host welcomes the load.",
                "  authorized: false",
            ]
        }
        return lines
    }

    private func header(_ field: HTTPField) -> String {
        guard Self.secrets.contains(field.name.lowercased()) else { return "    \(field.name): \(quote(field.value))" }
        let variable = Self.variable(field.name)
        return "    \(field.name): \"${\(variable)}\"   # export \(variable)='…' before the run"
    }

    /// The name of the environment's variable for a header.
    static func variable(_ header: String) -> String {
        String(header.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }

    private var tls: [String] {
        if let authority = options.authorityFile, sight.certificateProblem == nil, !options.insecure {
            return ["  tls: { ca: \(quote(authority)) }"]
        }
        guard sight.certificateProblem != nil || options.insecure else { return [] }
        let address =
            "\(options.url.host.contains(":") ? "[\(options.url.host)]" : options.url.host):\(options.url.port)"
        let problem = sight.certificateProblem ?? "--insecure was given"
        return [
            "  tls:",
            "    verify: false              # the certificate is not trusted: \(problem)",
            "    # To verify it, name who signed it, in place of the line above. A self-signed one is got by",
            "    # openssl s_client -connect \(address) </dev/null | openssl x509 > ca.pem",
            "    # ca: ca.pem",
        ]
    }

    /// A text as YAML writes it in double quotes, without a variable of the environment in it.
    func quote(_ text: String) -> String {
        var quoted = "\""
        for scalar in clean(text, limit: 8_192).unicodeScalars {
            if scalar == "\"" || scalar == "\\" { quoted += "\\" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted.replacing("${", with: "$${") + "\""
    }

    /// A text of a server's in one line.
    func clean(_ text: String, limit: Int = 120) -> String { PlainText.clean(text, limit: limit) }

    /// A duration as a profile writes it, in the largest unit that divides it.
    func duration(_ duration: Nanoseconds) -> String {
        let unit = DurationText.units.last { $0.nanoseconds <= duration && duration % $0.nanoseconds == 0 }
        return unit.map { "\(duration / $0.nanoseconds)\($0.suffix)" } ?? "\(duration)ns"
    }
}
