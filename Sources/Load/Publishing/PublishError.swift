/// The names of errors in which a message was not taken, beside those of sockets, TLS, HTTP and statuses.
package enum PublishError: String, Sendable {
    /// The answer did not come in time.
    case timeout = "TIMEOUT_PUBLISH"
    /// The server closed before it had answered.
    case endedBeforeAnswer = "ENDED_BEFORE_ANSWER"
    /// The answer's body is too long.
    case bodyLimit = "LIMIT_BODY_BYTES"
    /// The load ended, and a grace time later the answer had not come.
    case unanswered = "UNANSWERED_AT_END"
}
