import Vocabulary

/// How the errors of one name looked: where in the connections' lives, how old these were, and when.
public struct ErrorFace: Codable, Equatable, Sendable {
    /// The error's name: `ECONNREFUSED`, `HTTP_503`, `TIMEOUT_HEADERS`.
    public var name: String
    /// How many there were.
    public var count: UInt64 = 0
    /// The last stage that each connection had passed, with how many.
    public var stages: [Stage: UInt64] = [:]
    /// From the connections' scheduled starts to the errors, in ns.
    public var age = LatencyHistogram()
    /// When the first happened, in seconds since the load's start.
    public var first: Double
    /// When the last happened, in seconds since the load's start.
    public var last: Double
    /// The lowest position in its scenario, from 0, of a connection that failed so; nil where none has a position.
    public var firstPosition: UInt64?
    /// The fewest streams that were open as one happened.
    public var fewestOpen: UInt64?
    /// How many of the connections shared a cookie with another; nil where no request has a cookie.
    public var sharingCookie: UInt64?
    /// What the server answered to one of them; nil where it answered nothing.
    public var answer: AnswerSample?

    /// No errors of a name.
    ///
    /// - Parameter time: when the first happens, in seconds since the load's start.
    public init(name: String, at time: Double) {
        self.name = name
        first = time
        last = time
    }

    /// Adds errors of the same name that happened elsewhere.
    public mutating func merge(_ other: ErrorFace) {
        count.saturatingAdd(other.count)
        stages.merge(other.stages) { $0.saturatingAdding($1) }
        age.merge(other.age)
        first = min(first, other.first)
        last = max(last, other.last)
        firstPosition = [firstPosition, other.firstPosition].compactMap(\.self).min()
        fewestOpen = [fewestOpen, other.fewestOpen].compactMap(\.self).min()
        if let shared = other.sharingCookie { sharingCookie = (sharingCookie ?? 0).saturatingAdding(shared) }
        answer = answer ?? other.answer
    }
}
