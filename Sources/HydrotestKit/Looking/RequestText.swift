import HTTP
import RunProfile
import Vocabulary

/// A request as a profile writes it: every text in quotes, every secret left to the environment.
struct RequestText {
    /// The address.
    let url: String
    /// The headers, each name once.
    let headers: [(name: String, value: String)]
    /// The body; nil for none.
    let body: String?
    /// The variables of the environment that stand for secrets.
    let variables: [String]

    /// The texts of a request.
    init(_ request: TapOptions) {
        var secrets = SecretVariables()
        url = YAMLText.quote(secrets.pieces(address: "\(request.url)"))
        headers = Self.once(request.headers).map { field in
            (field.name, YAMLText.quote(secrets.pieces(header: field.name, field.value)))
        }
        body = request.body.map { YAMLText.quote(secrets.pieces(body: $0)) }
        variables = secrets.names
    }

    /// Fields of one name as one field, which means the same (RFC 9110, 5.3; RFC 6265, 5.4): a profile's are a map.
    static func once(_ fields: [HTTPField]) -> [HTTPField] {
        var joined: [HTTPField] = []
        for field in fields {
            let name = field.name.lowercased()
            if let index = joined.firstIndex(where: { $0.name.lowercased() == name }) {
                joined[index].value += (name == "cookie" ? "; " : ", ") + field.value
            } else {
                joined.append(field)
            }
        }
        return joined
    }
}

/// Takes secrets out of a request's texts, so that a profile names variables of the environment in their place.
struct SecretVariables {
    /// A piece of a text.
    enum Piece: Equatable {
        /// It stands in the profile as it is.
        case plain(String)
        /// A secret: the variable's name stands for it.
        case variable(String)
    }

    /// The variables in the order they were met.
    private(set) var names: [String] = []
    private var values: [String: String] = [:]

    /// The pieces of a header's value: a secret header is one as a whole.
    mutating func pieces(header name: String, _ value: String) -> [Piece] {
        SecretText.isSecret(name) ? [.variable(variable(name, value))] : [.plain(value)]
    }

    /// The pieces of an address: the secrets of its parameters.
    mutating func pieces(address: String) -> [Piece] {
        guard let mark = address.firstIndex(of: "?") else { return [.plain(address)] }
        let query = address.index(after: mark)
        return [.plain(String(address[..<query]))] + pieces(form: address[query...])
    }

    /// The pieces of a body: the secrets of a JSON document's members, or of a form's fields.
    mutating func pieces(body: String) -> [Piece] {
        guard let first = body.first(where: { !$0.isWhitespace }), "{[".contains(first) else {
            return pieces(form: body[...])
        }
        var pieces: [Piece] = []
        var rest = body[...]
        while let match = rest.firstMatch(of: /"((?:[^"\\]|\\.)*)"\s*:\s*"((?:[^"\\]|\\.)*)"/) {
            let (key, value) = (match.output.1, match.output.2)
            if SecretText.isSecret(String(key)), !value.isEmpty {
                pieces.append(.plain(String(rest[..<value.startIndex])))
                pieces.append(.variable(variable(String(key), String(value))))
                rest = rest[value.endIndex...]
            } else {
                pieces.append(.plain(String(rest[..<match.range.upperBound])))
                rest = rest[match.range.upperBound...]
            }
        }
        return pieces + [.plain(String(rest))]
    }

    private mutating func pieces(form: Substring) -> [Piece] {
        var pieces: [Piece] = []
        for (index, field) in form.split(separator: "&", omittingEmptySubsequences: false).enumerated() {
            let start = index == 0 ? "" : "&"
            guard let equals = field.firstIndex(of: "="), SecretText.isSecret(String(field[..<equals])),
                field.index(after: equals) < field.endIndex
            else {
                pieces.append(.plain(start + field))
                continue
            }
            let value = field.index(after: equals)
            pieces.append(.plain(start + field[..<value]))
            pieces.append(.variable(variable(String(field[..<equals]), String(field[value...]))))
        }
        return pieces
    }

    /// The variable for a secret; a name that stands for another secret already gets a number.
    private mutating func variable(_ key: String, _ value: String) -> String {
        let name = Self.name(key)
        var candidate = name
        var number = 1
        while let taken = values[candidate], taken != value {
            number += 1
            candidate = "\(name)_\(number)"
        }
        if values.updateValue(value, forKey: candidate) == nil { names.append(candidate) }
        return candidate
    }

    /// The name of the environment's variable for a header, a parameter or a member.
    static func name(_ key: String) -> String {
        let name = String(key.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
        return name.first?.isNumber ?? true ? "_" + name : name
    }
}

/// Texts as a profile writes them.
enum YAMLText {
    /// A text in double quotes (YAML 1.2, 7.3.1), whatever is in it; no variable of the environment is.
    static func quote(_ text: String) -> String { quote([.plain(text)]) }

    /// A text of pieces in double quotes, some of them variables of the environment.
    static func quote(_ pieces: [SecretVariables.Piece]) -> String {
        "\""
            + pieces.map { piece in
                switch piece {
                case .plain(let text): escape(text.replacing("${", with: "$${"))
                case .variable(let name): "${\(name)}"
                }
            }.joined() + "\""
    }

    private static func escape(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x22, 0x5C: escaped += "\\\(scalar)"
            case 0x0A: escaped += "\\n"
            case 0x0D: escaped += "\\r"
            case 0x09: escaped += "\\t"
            // What cannot be seen, or turns the direction of what can.
            case ..<0x20, 0x7F...0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFE...0xFFFF:
                let digits = String(scalar.value, radix: 16)
                escaped += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
