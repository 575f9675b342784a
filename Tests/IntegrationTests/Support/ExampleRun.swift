import Foundation

/// An example of a help text, carried out by a shell in a folder of its own.
struct ExampleRun {
    /// The example as it is printed.
    let example: String
    /// The shell that carries it out.
    let program: RunningProgram
    private let folder: TemporaryFolder

    /// Starts it, with the profiles where a user has them and the command in the path.
    ///
    /// - Parameter line: what the shell carries out.
    init(_ example: String, as line: String) throws {
        self.example = example
        folder = try TemporaryFolder()
        let profiles = URL(fileURLWithPath: Program.profile("smoke.yaml")).deletingLastPathComponent().path
        try FileManager.default.createSymbolicLink(atPath: folder.file("Profiles"), withDestinationPath: profiles)
        let bin = URL(fileURLWithPath: try Program.hydrotest()).deletingLastPathComponent().path
        guard let shell = Program.path("sh") else { throw SupportError("there is no sh") }
        program = try RunningProgram(shell, ["-c", "PATH=\"$1:$PATH\"; \(line)", "sh", bin], in: folder)
    }

    /// Ends what still runs, and removes the folder.
    func stop() {
        program.stop()
        folder.remove()
    }
}
