/// What came of reading or writing a byte stream.
public enum StreamResult: Equatable, Sendable {
    /// That many bytes were moved, at least one.
    case bytes(Int)
    /// Nothing can be moved now.
    case wouldBlock
    /// The peer has ended the stream in good order, and everything has been read.
    case end
    /// The stream is broken.
    case failed(Failure)
}
