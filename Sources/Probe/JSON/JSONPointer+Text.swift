extension JSONPointer {
    /// The text, or the number as text, that the pointer leads to in a document.
    ///
    /// - Returns: nil where it leads to neither, or the bytes are no JSON document.
    package func text(in document: [UInt8]) -> String? {
        guard let parsed = try? JSONParser.parse(document), let value = value(in: parsed) else { return nil }
        switch value {
        case .string(let text): return text
        case .number: return value.document
        default: return nil
        }
    }
}
