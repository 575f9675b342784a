/// Names for what ends an exchange, beside those of errors.
enum EndName {
    /// The server ended in good order.
    static let end = "end"
    /// The server ended within a response's head.
    static let truncatedHead = "TRUNCATED_HEAD"
    /// No answer came in time.
    static let answerTimeout = "ANSWER_TIMEOUT"
    /// The connection was not established in time.
    static let connectTimeout = "CONNECT_TIMEOUT"
}
