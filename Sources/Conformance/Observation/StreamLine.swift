import EventStream
import Vocabulary

/// One line of an event stream.
public struct StreamLine: Equatable, Sendable {
    /// What ends a line (HTML, 9.2.5).
    public enum End: String, Sendable {
        /// A line feed.
        case lineFeed = "LF"
        /// A carriage return.
        case carriageReturn = "CR"
        /// Both.
        case both = "CRLF"
    }

    /// The line without its end.
    public let bytes: ArraySlice<UInt8>
    /// What ends it; nil where it is unfinished.
    public let end: End?
    /// When its first byte came, in ns of the monotonic clock.
    public let began: Nanoseconds
    /// When its last byte came, in ns of the monotonic clock.
    public let moment: Nanoseconds

    /// The field's name; empty for a comment.
    public var name: String { text(bytes.prefix { $0 != UInt8(ascii: ":") }) }

    /// The field's value, without one leading space.
    public var value: ArraySlice<UInt8> {
        let rest = bytes.drop { $0 != UInt8(ascii: ":") }.dropFirst()
        return rest.first == UInt8(ascii: " ") ? rest.dropFirst() : rest
    }

    /// Whether the line ends an event.
    public var isBlank: Bool { bytes.isEmpty }

    /// Whether the line's bytes are well-formed UTF-8.
    public var isUTF8: Bool { bytes.withUnsafeBytes(UTF8Text.isValid) }

    private func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    /// The lines of a body, an unfinished last one included where it has bytes.
    static func split(_ body: [UInt8], from start: Int, _ arrivals: [Arrival]) -> [StreamLine] {
        var lines: [StreamLine] = []
        var position = start
        var arrival = 0
        func moment(_ offset: Int) -> Nanoseconds {
            while arrival < arrivals.count - 1, arrivals[arrival].end <= offset { arrival += 1 }
            return arrivals.isEmpty ? 0 : arrivals[arrival].moment
        }
        while position < body.count {
            let began = moment(position)
            let isEnd = { (byte: UInt8) in byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
            guard let end = body[position...].firstIndex(where: isEnd) else {
                let last = moment(body.count - 1)
                lines.append(StreamLine(bytes: body[position...], end: nil, began: began, moment: last))
                break
            }
            let isReturn = body[end] == UInt8(ascii: "\r")
            let isBoth = isReturn && end + 1 < body.count && body[end + 1] == UInt8(ascii: "\n")
            let kind: End = isBoth ? .both : isReturn ? .carriageReturn : .lineFeed
            let next = end + (isBoth ? 2 : 1)
            lines.append(
                StreamLine(bytes: body[position..<end], end: kind, began: began, moment: moment(next - 1))
            )
            position = next
        }
        return lines
    }
}
