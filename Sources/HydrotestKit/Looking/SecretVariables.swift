import RunProfile

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
