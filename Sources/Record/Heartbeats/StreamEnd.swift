import Vocabulary

/// How the server ended one stream, as its client saw it.
public struct StreamEnd: Equatable, Sendable {
    /// How old the stream was, in ns.
    public var age: Nanoseconds
    /// How long nothing had come, in ns.
    public var silence: Nanoseconds
    /// The longest time before in which nothing came, in ns.
    public var longestGap: Nanoseconds
    /// Whether the stream was ended in good order: not reset, and not in the middle of its body.
    public var isOrderly: Bool
    /// Whether its body had no end of its own, so that a cut would look the same.
    public var isUnframed: Bool
    /// Whether its client was told a reconnection time.
    public var isToldRetry: Bool

    /// A stream's end from its parts.
    public init(
        age: Nanoseconds,
        silence: Nanoseconds,
        longestGap: Nanoseconds,
        isOrderly: Bool,
        isUnframed: Bool = false,
        isToldRetry: Bool = false
    ) {
        self.age = age
        self.silence = silence
        self.longestGap = longestGap
        self.isOrderly = isOrderly
        self.isUnframed = isUnframed
        self.isToldRetry = isToldRetry
    }

    /// How many times longer than any earlier silence the last one must be before it is taken for the end's reason.
    ///
    /// A stream that beats once a second and is ended a second after a beat was not quiet: it had been silent for as
    /// long before, and lived on.
    public static let unusual = 1.25
    /// How many times longer than any earlier silence one is that nothing in the stream's rhythm explains.
    public static let unheardOf = 2.0
    /// By how much an earlier silence must exceed the last one to prove that no timer ends streams that are as quiet.
    public static let refuting = 1.05

    /// Whether it was silent for longer than it had ever been.
    public var isUnusuallySilent: Bool { isSilent(times: Self.unusual) }
    /// Whether it was silent for far longer than it had ever been.
    public var isSilentAsNever: Bool { isSilent(times: Self.unheardOf) }
    /// Whether it had lived through a longer silence, which no inactivity timer would have let it.
    public var hadLongerGap: Bool { Double(longestGap) > Double(silence) * Self.refuting }

    private func isSilent(times factor: Double) -> Bool { Double(silence) > Double(longestGap) * factor }
}
