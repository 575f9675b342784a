import Vocabulary

/// What a fault is, and as which leak it should be found.
public struct FaultExplanation: Equatable, Sendable {
    /// The sentence that explains it.
    public let sentence: String
    /// The leak that it causes; nil where it causes none.
    public let leak: FaultLeak?

    init(_ sentence: String, leak: FaultLeak? = nil) {
        self.sentence = sentence
        self.leak = leak
    }
}
