/// How a command ended, and what it said.
struct CommandResult: Sendable {
    /// Its exit code; 128 and the signal's number where a signal ended it.
    let exitCode: Int32
    /// What it wrote to standard output.
    let output: String
    /// What it wrote to standard error.
    let errorOutput: String
}
