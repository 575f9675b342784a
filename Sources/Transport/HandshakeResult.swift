/// What came of a step towards an established stream.
public enum HandshakeResult: Equatable, Sendable {
    /// The peer has to act first.
    case wouldBlock
    /// The stage at which the stream was told to stop has been reached; nothing more will be sent.
    case stopped
    /// The stream stands and carries bytes.
    case established
    /// The stream is broken.
    case failed(Failure)
}
