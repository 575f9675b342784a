/// Texts that are sent, to be known again in what comes back.
public struct Marks: Sendable {
    /// What sets this check's texts apart from those of earlier ones, which a server may keep.
    public let token: String

    /// Texts with a token.
    public init(token: String = String(UInt64.random(in: .min ... .max), radix: 16)) { self.token = token }

    /// The name of a field that only a line of a published text can have made.
    static let publishedField = "hydrotest-published"
    /// The name of a field that only a line of a request can have made.
    static let requestField = "hydrotest-forged"
    /// An ID that no server has given out.
    static let unknownID = "hydrotest-never-given-7f3a"
    /// The origin of a page that asks.
    static let origin = "https://hydrotest.invalid"

    /// What the first published text is known by.
    var first: String { "hydrotest one \(token)" }
    /// The first text that is published: characters of two to four bytes, and each kind of line end.
    var firstText: String {
        "\(first) é漢😀\nsecond line\r\(Self.publishedField): CR\r\n\(Self.publishedField): CRLF"
    }
    /// The first text as a client reads it, whose parser makes LF of every line end.
    var firstRead: String {
        "\(first) é漢😀\nsecond line\n\(Self.publishedField): CR\n\(Self.publishedField): CRLF"
    }
    /// The second text that is published.
    var second: String { "hydrotest two \(token)" }

    /// Whether an event's data is that of a text that was published.
    func isPublished(_ data: String) -> Bool { data.contains(first) || data.contains(second) }
}
