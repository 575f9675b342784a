/// Why a text is no document.
struct SyntaxProblem: Error, Equatable {
    /// The line, from 1.
    var line: Int
    /// The column, from 1, in Unicode scalars.
    var column: Int
    /// What is wrong.
    var problem: String
    /// What is expected; nil where the problem says it.
    var expectation: String?
}
