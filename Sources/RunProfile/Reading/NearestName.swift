/// The known name that a mistyped one was probably meant to be.
public enum NearestName {
    /// The longest name that is compared, in characters.
    public static let longest = 100

    /// The name within a third of the text's length in edits, whatever the case of its letters; the first of the nearest.
    public static func find(_ text: String, among names: [String]) -> String? {
        let letters = Array(text.lowercased().unicodeScalars)
        guard !letters.isEmpty, letters.count <= longest else { return nil }
        var nearest: (name: String, distance: Int)?
        for name in names {
            let edits = distance(letters, Array(name.lowercased().unicodeScalars))
            if edits <= max(1, letters.count / 3), edits < nearest?.distance ?? .max { nearest = (name, edits) }
        }
        return nearest?.name
    }

    /// Insertions, deletions, replacements and swaps of neighbours from one text to the other.
    ///
    /// The optimal string alignment distance (Damerau 1964, without edits of a swapped pair).
    static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var before = [Int](repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        for row in 0..<left.count {
            var current = [row + 1]
            for column in 0..<right.count {
                var edits = min(
                    last[column] + (left[row] == right[column] ? 0 : 1),
                    last[column + 1] + 1,
                    current[column] + 1
                )
                let swapped =
                    row > 0 && column > 0 && left[row] == right[column - 1] && left[row - 1] == right[column]
                if swapped { edits = min(edits, before[column - 1] + 1) }
                current.append(edits)
            }
            (before, last) = (last, current)
        }
        return last[right.count]
    }
}
