import Vocabulary

/// What a client does in a step.
enum Action: Equatable, Sendable {
    /// Opens a connection; a TLS one is taken to a stage of its handshake, or through it.
    case connect(Channel, stop: Stage? = nil)
    /// Sends bytes, at most so many with one write; nil for all at once.
    case send([UInt8], pieces: Int? = nil)
    /// Sends bytes to the socket itself, beneath any TLS.
    case inject([UInt8])
    /// Reads until something has come, or a time is up, in ns.
    case expect(Awaited, Nanoseconds)
    /// Lets time pass, in ns.
    case pause(Nanoseconds)
    /// Reads no more until the case's end.
    case stall
    /// Ends the connection, or its write side.
    case drop(Manner)
    /// Connects and asks for a stream.
    case open(Opening)
    /// Adds topics to the client's stream, by a request of its own.
    case subscribe([String])
    /// Takes topics from the client's stream, by a request of its own.
    case unsubscribe([String])
    /// Publishes to a topic, by a request of its own.
    case publish(Publication)
}
