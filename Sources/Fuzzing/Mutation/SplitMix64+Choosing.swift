import Vocabulary

// The standard library's own choices may change with its version, and a seed is for ever.
extension SplitMix64 {
    /// A number of a range.
    mutating func number(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.upperBound - range.lowerBound + 1))
    }

    /// True so often, of 100 times.
    mutating func chance(_ percent: Int) -> Bool { number(in: 0...99) < percent }

    /// One of several.
    mutating func pick<Choice>(_ choices: [Choice]) -> Choice { choices[number(in: 0...choices.count - 1)] }

    /// One of several, by their weights.
    mutating func pick<Choice>(weighted choices: [(weight: Int, choice: Choice)]) -> Choice {
        var left = number(in: 0...choices.reduce(-1) { $0 + $1.weight })
        for (weight, choice) in choices {
            if left < weight { return choice }
            left -= weight
        }
        return choices[choices.count - 1].choice
    }

    /// So many bytes of any value.
    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }

    /// A span of time up to a limit, in ns; short ones as often as long ones.
    mutating func delay(upTo limit: Nanoseconds) -> Nanoseconds {
        var span = limit
        for _ in 0..<number(in: 0...6) { span /= 3 }
        // Whole microseconds, as a person writes them.
        return span / .perMicrosecond * .perMicrosecond
    }
}
