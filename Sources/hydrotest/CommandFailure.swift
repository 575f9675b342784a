/// A command's end with an exit code and a message for a person.
struct CommandFailure: Error {
    /// The exit code.
    let code: Int32
    /// What went wrong and what to do next; empty where everything has been said.
    let message: String
}
