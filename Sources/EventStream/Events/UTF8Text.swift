/// Text of bytes that a server calls UTF-8.
public enum UTF8Text {
    /// Decodes bytes, with U+FFFD for each maximal part of a malformed sequence (Encoding Standard, 8.1.1).
    ///
    /// A byte order mark is text here; the parser has already removed the one at the start of a stream.
    public static func decode(_ bytes: UnsafeRawBufferPointer) -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    /// Whether bytes are well-formed UTF-8.
    public static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
        String(validating: bytes, as: UTF8.self) != nil
    }
}
