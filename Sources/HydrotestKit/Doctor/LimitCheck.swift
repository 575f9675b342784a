/// One limit of the machine, what it allows, and how it is raised.
public struct LimitCheck: Codable, Equatable, Sendable {
    /// The limit's name.
    public var name: String
    /// What it is, as a person reads it.
    public var value: String
    /// The figure; nil where it is none.
    public var figure: Int?
    /// What it allows, in words.
    public var allows: String
    /// Whether it is in the way of ten thousand streams.
    public var low: Bool
    /// The command that raises it; nil where none does.
    public var raise: String?
}
