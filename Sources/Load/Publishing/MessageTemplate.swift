import Vocabulary

/// A message's body with its placeholders, taken apart once: the pieces between them are bytes.
public struct MessageTemplate: Sendable {
    /// What stands for a message's own values.
    public enum Placeholder: String, CaseIterable, Sendable {
        /// The stamp, a number (``MessageStamp``).
        case sequence = "${seq}"
        /// The moment of sending, ns of the monotonic clock.
        case time = "${time}"
        /// The publisher's name.
        case topic = "${topic}"
    }

    private enum Piece {
        case bytes([UInt8])
        case sequence
        case time
    }

    private var pieces: [Piece] = []

    /// A template of a text.
    public init(_ text: String, topic: String) {
        var rest = text[...]
        var bytes: [UInt8] = []
        while let dollar = rest.firstIndex(of: "$") {
            bytes += rest[..<dollar].utf8
            rest = rest[dollar...]
            guard let placeholder = Placeholder.allCases.first(where: { rest.hasPrefix($0.rawValue) }) else {
                bytes.append(UInt8(ascii: "$"))
                rest = rest.dropFirst()
                continue
            }
            rest = rest.dropFirst(placeholder.rawValue.count)
            switch placeholder {
            case .topic: bytes += topic.utf8
            case .sequence, .time:
                pieces += [.bytes(bytes), placeholder == .time ? .time : .sequence]
                bytes = []
            }
        }
        pieces.append(.bytes(bytes + rest.utf8))
    }

    /// The bytes of one message.
    ///
    /// - Parameters:
    ///   - number: the stamp's number.
    ///   - moment: the moment of sending, in ns of the monotonic clock.
    public func fill(number: UInt64, moment: Nanoseconds) -> [UInt8] {
        pieces.reduce(into: []) { bytes, piece in
            switch piece {
            case .bytes(let more): bytes += more
            case .sequence: bytes += "\(number)".utf8
            case .time: bytes += "\(moment)".utf8
            }
        }
    }
}
