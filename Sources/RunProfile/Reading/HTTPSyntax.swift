/// What may stand in a request.
enum HTTPSyntax {
    /// Whether a text is a token (RFC 9110, 5.6.2).
    static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    /// Whether a text can be a field's value: no line ends, no NUL (RFC 9110, 5.5).
    static func isFieldValue(_ text: String) -> Bool {
        text.utf8.count <= ProfileLimits.headerValueBytes
            && !text.utf8.contains { $0 == 0x0D || $0 == 0x0A || $0 == 0 }
    }
}
