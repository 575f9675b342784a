/// How a stream is asked for.
struct Opening: Equatable, Sendable {
    /// The topics, as they are written into the request.
    var topics: [String] = []
    /// The last event that the client says it has seen.
    var resumption: Resumption?
    /// How it connects.
    var channel = Channel.plain
    /// What is waited for.
    var until = Awaited.event
}
