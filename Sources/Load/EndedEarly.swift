/// The names of errors in which the server ended a connection, or kept it waiting, too early for its script.
package enum EndedEarly: String, Sendable {
    /// The server closed before its response head was complete.
    case beforeHeaders = "ENDED_BEFORE_HEADERS"
    /// The server ended the stream before the stage at which it was to be dropped.
    case beforeStage = "ENDED_BEFORE_STAGE"
    /// The TCP connection did not stand in time.
    case connectTimeout = "TIMEOUT_CONNECT"
    /// The TLS handshake did not end in time.
    case handshakeTimeout = "TIMEOUT_TLS_HANDSHAKE"
    /// The response head did not come in time.
    case headersTimeout = "TIMEOUT_HEADERS"
    /// The stream stood, but its stage was not reached in time.
    case stageTimeout = "TIMEOUT_STAGE"
    /// The stream stood for its whole time, and its end marker did not come.
    case markerTimeout = "TIMEOUT_END_MARKER"
    /// The client failed to come back as often as its scenario lets it.
    case gaveUp = "RECONNECT_GAVE_UP"
    /// The client was still away when its time was over.
    case awayAtEnd = "RECONNECT_AWAY_AT_END"
}
