/// One line of a profile, of which the values of secret keys are masked.
struct SecretLine {
    /// The line without its secrets, as far as it was read.
    private(set) var shown = ""
    /// Whether the value of a secret key may go on in the lines below.
    private(set) var isOpen = false
    private var rest: Substring
    /// How many maps in braces are open where the rest begins.
    private var depth = 0

    /// A line that is still to be masked.
    init(_ line: Substring) { rest = line }

    /// Reads the line to its end.
    mutating func mask() {
        while let colon = rest.firstIndex(of: ":") {
            let before = rest[..<colon]
            take(upTo: rest.index(after: colon))
            guard SecretText.isSecret(Self.key(endingAt: before)) else { continue }
            take(upTo: rest.firstIndex { $0 != " " && $0 != "\t" } ?? rest.endIndex)
            maskValue()
        }
        shown += rest
        rest = ""
    }

    private mutating func maskValue() {
        let (end, isWhole) = valueEnd()
        let value = String(rest[..<end])
        // A plain value goes on in deeper lines, and one that is still to come stands there.
        if depth <= 0, !isWhole || value.first != "\"" && value.first != "'" { isOpen = true }
        if isWhole, SecretText.isHarmless(value) {
            take(upTo: end)
            return
        }
        rest = rest[end...]
        shown += value.last == "\"" || value.last == "'" ? "\"\(SecretText.mask)\"" : SecretText.mask
    }

    /// Where the value ends that the rest starts with, and whether it ends in this line.
    private func valueEnd() -> (end: Substring.Index, isWhole: Bool) {
        guard let quote = rest.first, quote == "\"" || quote == "'" else {
            var index = rest.startIndex
            while index < rest.endIndex {
                if rest[index...].hasPrefix("${"), let close = rest[index...].firstIndex(of: "}") {
                    index = close
                } else if depth > 0, ",}".contains(rest[index]) {
                    return (rest[..<index].lastIndex { $0 != " " }.map { rest.index(after: $0) } ?? index, true)
                }
                index = rest.index(after: index)
            }
            return (index, !(rest.hasPrefix("|") || rest.hasPrefix(">")))
        }
        var index = rest.index(after: rest.startIndex)
        while index < rest.endIndex {
            if rest[index] == "\\", quote == "\"" {
                index = rest.index(after: index)
                if index == rest.endIndex { break }
            } else if rest[index] == quote {
                let next = rest.index(after: index)
                // Two single quotes are one in the value.
                guard quote == "'", next < rest.endIndex, rest[next] == "'" else { return (next, true) }
                index = next
            }
            index = rest.index(after: index)
        }
        return (rest.endIndex, false)
    }

    private mutating func take(upTo end: Substring.Index) {
        for character in rest[..<end] { depth += character == "{" ? 1 : character == "}" ? -1 : 0 }
        shown += rest[..<end]
        rest = rest[end...]
    }

    /// The key that a text ends with.
    private static func key(endingAt text: Substring) -> String {
        let bare = text.reversed().drop { "\"' \t".contains($0) }
        return String(bare.prefix { !" \t{,[\"'".contains($0) }.reversed())
    }
}
