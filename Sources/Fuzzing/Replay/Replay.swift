/// A case as a file keeps it.
public struct Replay: Equatable, Sendable {
    /// The case.
    var test: FuzzCase
    /// What it is known to do; nil where it is to be found out.
    var finding: Problem.Key?
    /// How many copies of it are carried out at once.
    var copies = 1
    /// The seed and the number that it was made from.
    var seed: UInt64?
    var number: UInt64?
    /// Lines for whoever reads the file.
    var notes: [String] = []

    init(_ test: FuzzCase) { self.test = test }
}
