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
