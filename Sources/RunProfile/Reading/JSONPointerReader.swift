/// Reads a JSON Pointer.
enum JSONPointerReader {
    /// Reads text that leads to a value in a JSON document (RFC 6901, 3).
    static func read(_ field: Field) -> String? {
        field.text(expected: "a JSON Pointer (RFC 6901), such as /clients") { text in
            text.utf8.count <= ProfileLimits.addressBytes && (text.isEmpty || text.hasPrefix("/"))
                && text.split(separator: "~", omittingEmptySubsequences: false).dropFirst()
                    .allSatisfy { $0.hasPrefix("0") || $0.hasPrefix("1") }
        }
    }
}
