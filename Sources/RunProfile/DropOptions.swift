import Vocabulary

/// Where, how and when a scenario drops its connections; each is drawn from the seed.
public struct DropOptions: Equatable, Sendable {
    /// The stages drawn from, each once, in order; nil for all that the transport passes.
    public var stages: [Stage]?
    /// The manners drawn from, each once.
    public var manners: [Manner] = [.fin]
    /// The delay between reaching the stage and the drop.
    public var delay: ClosedRange<Nanoseconds> = 0...0
    /// The event of its stream at which a connection is dropped, drawn from a range; nil to drop as the stage is reached.
    ///
    /// The stage is then `streaming`.
    public var events: ClosedRange<Int>?
    /// How long a half-closed connection waits for the server's end, and a stalled one stays, before it is reset.
    public var wait: Nanoseconds = 5 * .perSecond

    /// Every stage, by `fin`, without a delay.
    public init() {}
}
