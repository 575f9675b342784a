/// Cuts one input into lines that end in LF, CR or CRLF (HTML, 9.2.5).
///
/// The next LF and the next CR are each looked for once, so that an input of nothing but line ends is still read in
/// linear time.
@usableFromInline
struct LineScanner {
    private let bytes: UnsafeRawBufferPointer
    private var nextLineFeed = -1
    private var nextCarriageReturn = -1

    /// The offset of the first byte that belongs to no complete line.
    @usableFromInline private(set) var position: Int
    /// Whether the last line ended in a CR that was the input's last byte, so that an LF may yet follow.
    @usableFromInline private(set) var endedInCarriageReturn = false

    @usableFromInline
    init(_ bytes: UnsafeRawBufferPointer, from position: Int) {
        self.bytes = bytes
        self.position = position
    }

    /// The bytes after the last complete line.
    @usableFromInline
    var rest: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[position...]) }

    /// The next complete line without its end; nil where no line ends in this input any more.
    @usableFromInline
    mutating func next() -> UnsafeRawBufferPointer? {
        if nextLineFeed < position {
            nextLineFeed = ByteSearch.first(ASCII.lineFeed, in: bytes, from: position) ?? bytes.count
        }
        if nextCarriageReturn < position {
            nextCarriageReturn = ByteSearch.first(ASCII.carriageReturn, in: bytes, from: position) ?? bytes.count
        }
        let end = min(nextLineFeed, nextCarriageReturn)
        guard end < bytes.count else { return nil }
        let line = UnsafeRawBufferPointer(rebasing: bytes[position..<end])
        position = end + 1
        if end == nextCarriageReturn {
            if position == bytes.count {
                endedInCarriageReturn = true
            } else if bytes[position] == ASCII.lineFeed {
                position += 1
            }
        }
        return line
    }
}
