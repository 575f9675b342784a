import Vocabulary

/// Writes cases as a person reads and edits them; one step a line.
enum ReplayText {
    /// How the names of replay files end.
    static let suffix = ".case"
    /// The first line of every file.
    static let firstLine = "hydrotest case 1"

    /// The whole file.
    static func write(_ replay: Replay) -> String {
        var lines = [firstLine] + replay.notes.map { "# \($0)" }
        if let finding = replay.finding { lines.append("finding: \(finding.text)") }
        if let seed = replay.seed { lines.append("seed: \(seed)") }
        if let number = replay.number { lines.append("case: \(number)") }
        lines.append("kind: \(replay.test.kind.rawValue)")
        if replay.test.order != .sequence { lines.append("order: \(replay.test.order.rawValue)") }
        if replay.copies != 1 { lines.append("copies: \(replay.copies)") }
        return (lines + [""]).joined(separator: "\n") + "\n" + steps(replay.test)
    }

    /// The steps only.
    static func steps(_ test: FuzzCase) -> String {
        test.steps.map { "\(letter($0.client)): \(words($0.action))\n" }.joined()
    }

    /// A client's letter: `a` for 0.
    static func letter(_ client: Int) -> String { String(UnicodeScalar(UInt8(ascii: "a") + UInt8(client % 26))) }

    private static func words(_ action: Action) -> String {
        switch action {
        case .connect(let channel, let stop):
            return "connect \(channel.rawValue)" + (stop.map { " stop=\($0.rawValue)" } ?? "")
        case .send(let bytes, let pieces):
            return "send \(EscapedBytes.quote(bytes))" + (pieces.map { " pieces=\($0)" } ?? "")
        case .inject(let bytes): return "inject \(EscapedBytes.quote(bytes))"
        case .expect(let awaited, let time): return "await \(awaited.rawValue) \(duration(time))"
        case .pause(let time): return "pause \(duration(time))"
        case .stall: return "stall"
        case .drop(let manner): return "drop \(manner.rawValue)"
        case .open(let opening): return words(opening)
        case .subscribe(let topics): return "subscribe \(topics.joined(separator: ","))"
        case .unsubscribe(let topics): return "unsubscribe \(topics.joined(separator: ","))"
        case .publish(let publication): return words(publication)
        }
    }

    private static func words(_ opening: Opening) -> String {
        var words = ["open"]
        if !opening.topics.isEmpty { words.append("topics=\(opening.topics.joined(separator: ","))") }
        switch opening.resumption {
        case nil: break
        case .canary: words.append("resume=canary")
        case .client(let client): words.append("resume=\(letter(client))")
        case .text(let text): words.append("resume=\(EscapedBytes.quote(Array(text.utf8)))")
        }
        if opening.channel != .plain { words.append("channel=\(opening.channel.rawValue)") }
        if opening.until != .event { words.append("until=\(opening.until.rawValue)") }
        return words.joined(separator: " ")
    }

    private static func words(_ publication: Publication) -> String {
        var words = ["publish", publication.topic]
        if !publication.text.isEmpty { words.append(EscapedBytes.quote(Array(publication.text.utf8))) }
        if publication.size > 0 { words.append("size=\(publication.size)") }
        if publication.times != 1 { words.append("times=\(publication.times)") }
        return words.joined(separator: " ")
    }

    /// A span that ``DurationText/parse(_:)`` reads back to the nanosecond.
    private static func duration(_ time: Nanoseconds) -> String {
        if time % .perSecond == 0 { return "\(time / .perSecond)s" }
        if time % .perMillisecond == 0 { return "\(time / .perMillisecond)ms" }
        return time % .perMicrosecond == 0 ? "\(time / .perMicrosecond)us" : "\(time)ns"
    }
}

/// Bytes as text between quotation marks: `"GET / HTTP/1.1\r\n\xff"`.
enum EscapedBytes {
    /// The text of bytes; printable UTF-8 stands for itself.
    static func quote(_ bytes: [UInt8]) -> String {
        var text = "\""
        var rest = bytes[...]
        while let first = rest.first {
            switch first {
            case UInt8(ascii: "\""): text += "\\\""
            case UInt8(ascii: "\\"): text += "\\\\"
            case 0x0A: text += "\\n"
            case 0x0D: text += "\\r"
            case 0x09: text += "\\t"
            case 0x20...0x7E: text.unicodeScalars.append(UnicodeScalar(first))
            default:
                if let scalar = visibleScalar(rest) {
                    text.unicodeScalars.append(scalar)
                    rest = rest.dropFirst(UTF8.width(scalar))
                    continue
                }
                let digits = String(first, radix: 16)
                text += "\\x" + (digits.count == 1 ? "0" : "") + digits
            }
            rest = rest.dropFirst()
        }
        return text + "\""
    }

    /// The character of several bytes that some bytes begin with, where it can be read in an editor.
    private static func visibleScalar(_ bytes: ArraySlice<UInt8>) -> UnicodeScalar? {
        guard let first = bytes.first, first >= 0xC2 else { return nil }
        let width = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard bytes.count >= width, let text = String(validating: bytes.prefix(width), as: UTF8.self),
            let scalar = text.unicodeScalars.first
        else { return nil }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .otherLetter, .currencySymbol, .otherSymbol, .otherPunctuation:
            return scalar
        default: return nil
        }
    }

    /// The bytes of a text between quotation marks.
    ///
    /// - Parameter text: what stands between them.
    /// - Returns: nil where an escape is none.
    static func parse(_ text: Substring) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "n"): bytes.append(0x0A)
            case UInt8(ascii: "r"): bytes.append(0x0D)
            case UInt8(ascii: "t"): bytes.append(0x09)
            case UInt8(ascii: "\""): bytes.append(UInt8(ascii: "\""))
            case UInt8(ascii: "\\"): bytes.append(UInt8(ascii: "\\"))
            case UInt8(ascii: "x"):
                let digits = Substring(rest.prefix(2))
                guard digits.utf8.count == 2, digits.allSatisfy(\.isHexDigit), let byte = UInt8(digits, radix: 16)
                else {
                    return nil
                }
                bytes.append(byte)
                rest = rest.dropFirst(2)
            default: return nil
            }
        }
        return bytes
    }
}
