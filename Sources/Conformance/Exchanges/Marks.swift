/// Texts that are sent, to be known again in what comes back.
enum Marks {
    /// The name of a field that nobody but an injected line can have sent.
    static let forged = "hydrotest-forged"
    /// The first text that is published: characters of two to four bytes, and each kind of line end.
    static let first = "hydrotest one é漢😀\nsecond line\r\(forged): CR\r\n\(forged): CRLF"
    /// The first text as a client reads it, whose parser makes LF of every line end.
    static let firstRead = "hydrotest one é漢😀\nsecond line\n\(forged): CR\n\(forged): CRLF"
    /// What the first text is known by.
    static let firstMark = "hydrotest one"
    /// The second text that is published.
    static let second = "hydrotest two"
    /// Whether an event's data is that of a text that was published.
    static func isPublished(_ data: String) -> Bool { data.contains(firstMark) || data.contains(second) }

    /// An ID that no server has given out.
    static let unknownID = "hydrotest-never-given-7f3a"
    /// The origin of a page that asks.
    static let origin = "https://hydrotest.invalid"
}
