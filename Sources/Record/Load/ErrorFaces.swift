import Vocabulary

/// How the errors of a load looked, name by name, and which connections fared well beside them.
public struct ErrorFaces: Codable, Equatable, Mergeable, Sendable {
    /// The most names that are looked at; errors of further ones are only counted.
    public static let mostNames = 12

    /// One error as it happens.
    public struct Occurrence: Sendable {
        /// The last stage that the connection had passed.
        public var stage: Stage
        /// From the connection's scheduled start to the error, in ns.
        public var age: Nanoseconds
        /// When it happened, in seconds since the load's start.
        public var time: Double
        /// The connection's position in its scenario, from 0; nil for one that comes back.
        public var position: UInt64?
        /// The streams that were open.
        public var open: UInt64
        /// Whether the connection shared a cookie with another; nil where it has none.
        public var sharesCookie: Bool?

        /// An occurrence from its parts.
        public init(
            stage: Stage,
            age: Nanoseconds,
            time: Double,
            position: UInt64?,
            open: UInt64,
            sharesCookie: Bool? = nil
        ) {
            self.stage = stage
            self.age = age
            self.time = time
            self.position = position
            self.open = open
            self.sharesCookie = sharesCookie
        }
    }

    /// The names in the order of their first appearance.
    public var faces: [ErrorFace] = []
    /// Errors of further names.
    public var others: UInt64 = 0
    /// The highest position in its scenario, from 0, of a connection whose stream was established; nil where none was.
    public var lastEstablished: UInt64?
    /// When the last stream was established, in seconds since the load's start; nil where none was.
    public var lastEstablishedTime: Double?
    /// Cookies that requests carried; nil where none did.
    public var cookies: UInt64?
    /// Connections that shared a cookie with another; nil where no request has a cookie.
    public var sharingCookie: UInt64?
    /// The most streams that were open at once with one cookie; nil where no request has a cookie.
    public var mostOpenOfCookie: UInt64?

    /// No errors.
    public init() {}

    /// Notes one error; without allocating where its name is known.
    ///
    /// - Parameter answer: what the server answered; kept where it is the name's first.
    public mutating func note(_ name: String, _ occurrence: Occurrence, answer: AnswerSample? = nil) {
        guard let index = index(of: name, at: occurrence.time) else {
            others.saturatingAdd(1)
            return
        }
        faces[index].count.saturatingAdd(1)
        faces[index].stages[occurrence.stage, default: 0].saturatingAdd(1)
        faces[index].age.record(occurrence.age)
        faces[index].first = min(faces[index].first, occurrence.time)
        faces[index].last = max(faces[index].last, occurrence.time)
        if let position = occurrence.position {
            faces[index].firstPosition = min(faces[index].firstPosition ?? position, position)
        }
        faces[index].fewestOpen = min(faces[index].fewestOpen ?? occurrence.open, occurrence.open)
        if let shares = occurrence.sharesCookie {
            faces[index].sharingCookie = (faces[index].sharingCookie ?? 0) + (shares ? 1 : 0)
        }
        if let answer, faces[index].answer == nil { faces[index].answer = answer }
    }

    /// Whether a name has been met with an answer that was kept.
    public func hasAnswer(_ name: String) -> Bool { faces.contains { $0.name == name && $0.answer != nil } }

    /// The face of a name; nil where it did not happen, or was one too many.
    public func face(of name: String) -> ErrorFace? { faces.first { $0.name == name } }

    private mutating func index(of name: String, at time: Double) -> Int? {
        if let index = faces.firstIndex(where: { $0.name == name }) { return index }
        guard faces.count < Self.mostNames else { return nil }
        faces.append(ErrorFace(name: name, at: time))
        return faces.count - 1
    }

    /// Adds the errors of another worker, scenario or run.
    ///
    /// Open streams with one cookie add up, as workers run side by side: the sum is an upper bound.
    public mutating func merge(_ other: ErrorFaces) {
        others.saturatingAdd(other.others)
        for face in other.faces {
            if let index = faces.firstIndex(where: { $0.name == face.name }) {
                faces[index].merge(face)
            } else if faces.count < Self.mostNames {
                faces.append(face)
            } else {
                others.saturatingAdd(face.count)
            }
        }
        lastEstablished = [lastEstablished, other.lastEstablished].compactMap(\.self).max()
        lastEstablishedTime = [lastEstablishedTime, other.lastEstablishedTime].compactMap(\.self).max()
        cookies = [cookies, other.cookies].compactMap(\.self).max()
        sharingCookie.saturatingAdd(other.sharingCookie)
        mostOpenOfCookie.saturatingAdd(other.mostOpenOfCookie)
    }

    /// Takes memory of its own for the ages, which a copy shares until one of the two records.
    mutating func detach() {
        for index in faces.indices { faces[index].age.detach() }
    }
}

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
        sharingCookie.saturatingAdd(other.sharingCookie)
        answer = answer ?? other.answer
    }
}

/// The first answer that an error's kind was met with, to be read by a person.
///
/// Secrets are masked and control characters taken out before it is made.
public struct AnswerSample: Codable, Equatable, Sendable {
    /// The most bytes of a body that are kept.
    public static let bodyBytes = 200

    /// The status line: `HTTP/1.1 503 Service Unavailable`; nil where what came has none.
    public var statusLine: String?
    /// The beginning of the body, at most ``bodyBytes``; nil where none came, or it cannot be read.
    public var body: String?

    /// A sample from its parts.
    public init(statusLine: String?, body: String?) {
        self.statusLine = statusLine
        self.body = body
    }
}
