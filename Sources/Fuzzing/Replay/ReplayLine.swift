/// The words of a line; those between quotation marks are one each.
struct ReplayLine {
    /// One word.
    struct Word: Equatable {
        /// What stands before `=`; nil for a word of its own.
        var name: String?
        /// The text, without quotation marks.
        var text: String
        /// The bytes of a word that stood between quotation marks; nil for others.
        var bytes: [UInt8]?
    }

    /// Takes a line apart.
    ///
    /// - Throws: ``Problem`` with what is wrong, in words.
    static func words(_ line: Substring) throws(Problem) -> [Word] {
        var words: [Word] = []
        var rest = line[...]
        while true {
            rest = rest.drop { $0 == " " || $0 == "\t" }
            guard let first = rest.first else { return words }
            if first == "\"" {
                let bytes = try quoted(&rest)
                words.append(Word(name: nil, text: String(decoding: bytes, as: UTF8.self), bytes: bytes))
                continue
            }
            let plain = rest.prefix { $0 != " " && $0 != "\t" && $0 != "\"" }
            rest = rest.dropFirst(plain.count)
            guard plain.hasSuffix("="), rest.first == "\"" else {
                words.append(word(plain))
                continue
            }
            let bytes = try quoted(&rest)
            words.append(
                Word(name: String(plain.dropLast()), text: String(decoding: bytes, as: UTF8.self), bytes: bytes)
            )
        }
    }

    /// What is wrong with a line.
    struct Problem: Error {
        let text: String
    }

    private static func word(_ text: Substring) -> Word {
        // A topic may hold the sign; what comes before a name's is letters.
        guard let sign = text.firstIndex(of: "="), text[..<sign].allSatisfy({ $0.isASCII && $0.isLetter }),
            ["topics", "resume", "channel", "until", "stop", "pieces", "size", "times"].contains(String(text[..<sign]))
        else { return Word(name: nil, text: String(text), bytes: nil) }
        return Word(name: String(text[..<sign]), text: String(text[text.index(after: sign)...]), bytes: nil)
    }

    private static func quoted(_ rest: inout Substring) throws(Problem) -> [UInt8] {
        let body = rest.utf8.dropFirst()
        var end = body.startIndex
        while end < body.endIndex, body[end] != UInt8(ascii: "\"") {
            end = body.index(after: end)
            if body[body.index(before: end)] == UInt8(ascii: "\\"), end < body.endIndex { end = body.index(after: end) }
        }
        guard end < body.endIndex else { throw Problem(text: "a quotation mark is not closed") }
        guard let bytes = EscapedBytes.parse(Substring(body[..<end])) else {
            throw Problem(text: "an escape is none of \\n \\r \\t \\\" \\\\ \\xNN")
        }
        rest = rest[body.index(after: end)...]
        return bytes
    }
}
