import FoundationEssentials

extension ReportDocument {
    /// The document as JSON (RFC 8259), in UTF-8: its keys in order, and the same bytes for the same document.
    ///
    /// - Throws: `EncodingError` where a value cannot be written.
    public func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        // The encoder can sort keys but not keep their order, so each key is written as an object of its own.
        var bytes = [UInt8(ascii: "{")]
        for key in CodingKeys.allCases {
            let object = try encoder.encode(Member(document: self, key: key))
            // A key without a value is left out.
            guard object.count > 2 else { continue }
            if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: object.dropFirst().dropLast())
        }
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    /// Reads a document from JSON.
    ///
    /// - Throws: `DecodingError` where the bytes are no report, or one of an unknown form.
    public init(json: [UInt8]) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(json))
    }

    private struct Member: Encodable {
        let document: ReportDocument
        let key: CodingKeys

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try document.encode(key, into: &container)
        }
    }
}
