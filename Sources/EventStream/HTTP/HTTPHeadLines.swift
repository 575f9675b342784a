/// Reads the lines of a complete head (RFC 9112, 2.1 and 5).
enum HTTPHeadLines {
    /// Reads a first line and header lines.
    ///
    /// - Parameter bytes: the head up to and with its final empty line.
    static func read<Head: HTTPHead>(
        _: Head.Type,
        from bytes: UnsafeRawBufferPointer
    ) throws(HTTPHeadError) -> Head {
        var rest = bytes
        var bareLineFeeds = 0
        var head = try Head(startLine: takeLine(&rest, &bareLineFeeds))
        while true {
            let line = takeLine(&rest, &bareLineFeeds)
            if line.isEmpty { break }
            head.fields.append(try field(line))
        }
        head.bareLineFeeds = bareLineFeeds
        try head.validate()
        return head
    }

    private static func takeLine(
        _ rest: inout UnsafeRawBufferPointer,
        _ bareLineFeeds: inout Int
    ) -> UnsafeRawBufferPointer {
        guard let end = ByteSearch.first(ASCII.lineFeed, in: rest) else {
            preconditionFailure("a complete head ends in an empty line")
        }
        let line = UnsafeRawBufferPointer(rebasing: rest.takeFirst(end + 1)[..<end])
        guard line.last == ASCII.carriageReturn else {
            bareLineFeeds += 1
            return line
        }
        return UnsafeRawBufferPointer(rebasing: line.dropLast())
    }

    private static func field(_ line: UnsafeRawBufferPointer) throws(HTTPHeadError) -> HTTPField {
        guard line.first != ASCII.space, line.first != ASCII.tab else { throw .obsoleteFold }
        guard let colon = ByteSearch.first(ASCII.colon, in: line) else { throw .malformedHeader }
        // Whole buffers, of which strings are made without a detour.
        let name = UnsafeRawBufferPointer(rebasing: line[..<colon])
        let value = UnsafeRawBufferPointer(rebasing: line[(colon + 1)...].trimmingOptionalWhitespace())
        guard ASCII.isToken(name), !value.contains(where: { $0 == ASCII.null || $0 == ASCII.carriageReturn }) else {
            throw .malformedHeader
        }
        return HTTPField(
            String(unsafeUninitializedCapacity: name.count) { text in
                for (index, byte) in name.enumerated() { text[index] = ASCII.lowercased(byte) }
                return name.count
            },
            String(decoding: value, as: UTF8.self)
        )
    }
}
