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
