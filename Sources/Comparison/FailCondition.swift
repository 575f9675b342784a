import RunProfile
import Vocabulary

/// A change that fails a comparison: `event.p99 > +10%`, `errors.rate > +0.1pp`, `*.p99 > +50ms`.
public struct FailCondition: Equatable, Sendable {
    /// The bound of a change.
    enum Bound: Equatable, Sendable {
        /// A share of the base: 0.1 for 10%.
        case relative(Double)
        /// A difference in the figure's unit; in points, a difference of shares; of bare text, still to be read.
        case absolute(String)
    }

    /// The condition as it was written.
    public let expression: String
    /// The figure's name; `*` stands for any part of it.
    let pattern: String
    /// Whether the change must be greater than the bound; else it must be less.
    let isGreater: Bool
    /// Whether the bound itself fails.
    let includesBound: Bool
    let bound: Bound

    /// Reads a condition.
    ///
    /// - Throws: ``FailConditionError`` with what is wrong.
    public init(_ text: String) throws(FailConditionError) {
        expression = text.split(separator: " ").joined(separator: " ")
        guard let start = expression.firstIndex(where: { "<>".contains($0) }) else {
            throw .malformed(expression, "a comparison, > or <, is missing")
        }
        pattern = expression[..<start].filter { $0 != " " }
        guard !pattern.isEmpty else { throw .malformed(expression, "the figure is missing") }
        isGreater = expression[start] == ">"
        var rest = expression[expression.index(after: start)...]
        includesBound = rest.first == "="
        if includesBound { rest = rest.dropFirst() }
        let words = rest.filter { $0 != " " }
        guard let sign = words.first, sign == "+" || sign == "-" else {
            throw .malformed(expression, "the bound is a change and begins with + or -, such as +10%")
        }
        guard words.hasSuffix("%") else {
            bound = .absolute(words)
            return
        }
        guard let percent = Double(words.dropLast()), percent.isFinite else {
            throw .malformed(expression, "\"\(words)\" is no percentage")
        }
        bound = .relative(percent / 100)
    }

    /// Judges a comparison.
    ///
    /// A change that chance alone may have brought fails nothing; where the noise is not known, the change alone decides.
    /// A figure that the new run did not measure, and the base did, fails.
    ///
    /// - Returns: a result for each figure that the name stands for.
    /// - Throws: ``FailConditionError`` where it stands for none, or the bound is not in the figure's unit.
    public func judge(_ comparison: RunComparison) throws(FailConditionError) -> [FailResult] {
        let matching = comparison.changes.filter { Self.matches($0.name[...], pattern[...]) }
        guard !matching.isEmpty else {
            let nearest = NearestName.find(pattern, among: comparison.changes.map(\.name))
            throw .unknownFigure(expression, pattern, nearest: nearest)
        }
        var results: [FailResult] = []
        for change in matching { results.append(try judge(change)) }
        return results
    }

    private func judge(_ change: FigureChange) throws(FailConditionError) -> FailResult {
        let result = { (failed: Bool, reason: FailResult.Reason) in
            FailResult(expression: expression, figure: change.name, failed: failed, reason: reason)
        }
        let bound = try bound(in: change.unit)
        guard change.base != nil else { return result(false, .noBase) }
        guard let difference = change.change else { return result(true, .notMeasured) }
        let isPast: Bool
        switch bound {
        case .relative(let share):
            // From zero, any change is more than any share of it.
            let relative = change.relative ?? (difference == 0 ? 0 : difference > 0 ? .infinity : -.infinity)
            isPast = isBeyond(relative, share)
        case .difference(let value): isPast = isBeyond(difference, value)
        }
        guard isPast else { return result(false, .holds) }
        return change.noise == .within ? result(false, .noise) : result(true, .past)
    }

    private func isBeyond(_ value: Double, _ bound: Double) -> Bool {
        if includesBound, value == bound { return true }
        return isGreater ? value > bound : value < bound
    }

    private enum ReadBound {
        case relative(Double)
        case difference(Double)
    }

    private func bound(in unit: Figure.Unit) throws(FailConditionError) -> ReadBound {
        guard case .absolute(let text) = bound else {
            guard case .relative(let share) = bound else { preconditionFailure("a bound is one of two") }
            return .relative(share)
        }
        let number = String(text.dropFirst())
        let value: Double? =
            switch unit {
            case .nanoseconds, .seconds:
                DurationText.parse(number).map { unit == .seconds ? $0.inSeconds : Double($0) }
            case .share: number.hasSuffix("pp") ? Double(number.dropLast(2)).map { $0 / 100 } : nil
            case .count: Double(number)
            case .bytes: Self.bytes(number)
            }
        guard let value, value.isFinite else { throw .wrongUnit(expression, text, unit) }
        return .difference(text.first == "-" ? -value : value)
    }

    private static func bytes(_ text: String) -> Double? {
        for (suffix, factor) in [("KiB", 1_024.0), ("MiB", 1_048_576), ("GiB", 1_073_741_824)]
        where text.hasSuffix(suffix) {
            return Double(text.dropLast(3)).map { $0 * factor }
        }
        return Double(text)
    }

    /// Whether a name is of a pattern in which `*` stands for any letters.
    private static func matches(_ name: Substring, _ pattern: Substring) -> Bool {
        guard let star = pattern.firstIndex(of: "*") else { return name == pattern }
        guard name.hasPrefix(pattern[..<star]) else { return false }
        let rest = pattern[pattern.index(after: star)...]
        var tail = name.dropFirst(pattern.distance(from: pattern.startIndex, to: star))
        while true {
            if matches(tail, rest) { return true }
            guard !tail.isEmpty else { return false }
            tail = tail.dropFirst()
        }
    }
}

/// Why a condition cannot be judged.
public enum FailConditionError: Error, Equatable, Sendable {
    /// The text is no condition: the text and what is wrong.
    case malformed(String, String)
    /// Neither run has such a figure: the text, the name and the nearest that there is.
    case unknownFigure(String, String, nearest: String?)
    /// The bound is not in the figure's unit: the text, the bound and the unit.
    case wrongUnit(String, String, Figure.Unit)
}

extension FailConditionError: CustomStringConvertible {
    /// What is wrong and what to do next.
    public var description: String {
        switch self {
        case .malformed(let text, let reason): "--fail-on \"\(text)\": \(reason); write it like event.p99 > +10%"
        case .unknownFigure(let text, let name, let nearest):
            "--fail-on \"\(text)\": neither run measured \"\(name)\""
                + (nearest.map { "; did you mean \"\($0)\"?" } ?? "; the comparison lists the figures that there are")
        case .wrongUnit(let text, let bound, let unit):
            "--fail-on \"\(text)\": \"\(bound)\" is no change of this figure; give \(Self.example(unit))"
        }
    }

    private static func example(_ unit: Figure.Unit) -> String {
        switch unit {
        case .nanoseconds, .seconds: "a percentage or a duration, such as +10% or +50ms"
        case .share: "a percentage or points, such as +10% or +0.1pp"
        case .count: "a percentage or a number, such as +10% or +0"
        case .bytes: "a percentage or a size, such as +10% or +20MiB"
        }
    }
}

/// What a condition came to for one figure.
public struct FailResult: Codable, Equatable, Sendable {
    /// Why it failed, or did not.
    public enum Reason: String, Codable, Sendable {
        /// The change is within the bound.
        case holds
        /// The change is past the bound, but chance alone may have brought it.
        case noise
        /// The change is past the bound.
        case past
        /// The new run did not measure the figure.
        case notMeasured = "not-measured"
        /// The base did not measure the figure, so that nothing changed.
        case noBase = "no-base"
    }

    /// The condition as it was written.
    public var expression: String
    /// The figure.
    public var figure: String
    /// Whether it fails the comparison.
    public var failed: Bool
    /// Why.
    public var reason: Reason
}
