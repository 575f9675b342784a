import Vocabulary

/// What is expected of heartbeats.
public struct HeartbeatOptions: Equatable, Sendable {
    /// What counts as a beat.
    public enum Match: Equatable, Sendable {
        /// A comment line.
        case comment
        /// An event of a name.
        case event(String)
        /// Any byte.
        case any

        /// The text that a profile writes.
        public var text: String {
            switch self {
            case .comment: "comment"
            case .event(let name): "event:\(name)"
            case .any: "any"
            }
        }
    }

    /// The period.
    public var expect: Nanoseconds
    /// By what share of the period a beat may be late: 0.2 for 20%.
    public var tolerance = 0.2
    /// What counts as a beat.
    public var match = Match.comment

    /// Comments at a period, 20% tolerance.
    public init(expect: Nanoseconds) { self.expect = expect }

    /// The longest interval that is not a missed beat.
    public var longestInterval: Nanoseconds { Nanoseconds(Double(expect) * (1 + tolerance)) }
}

/// Reads `heartbeat:`.
enum HeartbeatReader {
    /// Reads what is expected of heartbeats.
    static func read(_ field: Field) -> HeartbeatOptions? {
        guard var keys = MappingReader(field, expected: "a map, such as { expect: 1s }") else { return nil }
        defer { keys.finish() }
        let period = keys.required("expect", expected: "a duration, such as 1s")?
            .duration(in: .perMillisecond...ProfileLimits.longestWait, example: "1s")
        var options = HeartbeatOptions(expect: period ?? .perSecond)
        keys.read("tolerance", into: &options.tolerance) { $0.share(upTo: ProfileLimits.tolerance) }
        keys.read("match", into: &options.match, match)
        return period == nil ? nil : options
    }

    private static func match(_ field: Field) -> HeartbeatOptions.Match? {
        let expectation = "comment, any, or event:NAME, such as event:ping"
        guard let text = field.text(expected: expectation) else { return nil }
        if text == "comment" { return .comment }
        if text == "any" { return .any }
        let name = text.dropFirst("event:".count)
        let isLine = !name.unicodeScalars.contains { $0 == "\n" || $0 == "\r" }
        guard text.hasPrefix("event:"), !name.isEmpty, name.count <= ProfileLimits.nameLength, isLine else {
            field.reject(
                "found \(field.node.kind)",
                expected: expectation,
                nearest: NearestName.find(text, among: ["comment", "any"])
            )
            return nil
        }
        return .event(String(name))
    }
}
