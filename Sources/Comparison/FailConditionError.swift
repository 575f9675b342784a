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
