/// Something that must not be, as an oracle saw it.
struct Problem: Sendable {
    /// What is wrong, the same whoever caused it; of a leak also which gauge.
    struct Key: Hashable, Sendable {
        /// The finding's ID: `forged-field`, `leak`.
        let id: String
        /// The gauge of a leak; empty for others.
        var gauge = ""

        /// The key as a replay file names it: `leak clients`.
        var text: String { gauge.isEmpty ? id : "\(id) \(gauge)" }

        /// Whether the server is there no more: what it then does is nobody's doing but the one's that ended it.
        var isFatal: Bool { id == ProblemName.serverDied || id == ProblemName.serverHangs }
    }

    let key: Key
    /// What was seen, in a sentence each.
    var evidence: [String]
    /// The case that did it, by its place in the batch; nil where that is not known.
    var index: Int?

    init(_ id: String, gauge: String = "", _ evidence: String, index: Int? = nil) {
        key = Key(id: id, gauge: gauge)
        self.evidence = [evidence]
        self.index = index
    }
}
