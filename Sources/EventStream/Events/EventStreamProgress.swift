/// How far the parser came with one input.
public enum EventStreamProgress: Equatable, Sendable {
    /// The whole input is consumed.
    case consumedAll
    /// The sink asked to stop after an event; the bytes from `consumed` on have not been looked at.
    case stopped(consumed: Int)
    /// The input went past a limit; the parser holds no memory and reports the same again.
    case limit(EventStreamLimit)
}
