/// What came of reading or writing a nonblocking descriptor.
public enum IOResult: Equatable, Sendable {
    /// That many bytes were moved, at least one.
    case bytes(Int)
    /// Nothing can be moved now.
    case wouldBlock
    /// The peer has closed its write side, and everything has been read.
    case end
    /// The call failed.
    case failed(SystemError)
}
