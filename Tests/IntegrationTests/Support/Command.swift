import Glibc
import Vocabulary

/// Runs commands to their end.
enum Command {
    /// Runs the built `hydrotest`.
    ///
    /// - Parameters:
    ///   - environment: variables beside those of this process.
    ///   - folder: its working folder.
    ///   - timeout: how long it may take, in ns.
    /// - Throws: ``SupportError`` where it cannot start, or takes too long.
    static func hydrotest(
        _ arguments: [String],
        environment: [String: String] = [:],
        in folder: TemporaryFolder,
        timeout: Nanoseconds = 60 * .perSecond
    ) throws -> CommandResult {
        try run(try Program.hydrotest(), arguments, environment: environment, in: folder, timeout: timeout)
    }

    /// Runs a program by its name.
    static func run(
        named name: String,
        _ arguments: [String],
        in folder: TemporaryFolder,
        timeout: Nanoseconds = 30 * .perSecond
    ) throws -> CommandResult {
        guard let path = Program.path(name) else { throw SupportError("there is no \(name)") }
        return try run(path, arguments, in: folder, timeout: timeout)
    }

    /// Runs a profile that stands in the folder, or a bundled one by its path, and reads the report it leaves.
    static func profile(
        _ file: String,
        _ arguments: [String] = [],
        environment: [String: String] = [:],
        in folder: TemporaryFolder,
        timeout: Nanoseconds = 60 * .perSecond
    ) throws -> (result: CommandResult, report: RunReport) {
        let reports = folder.file("report")
        let words = ["run", file, "--report-dir", reports] + arguments
        let result = try hydrotest(words, environment: environment, in: folder, timeout: timeout)
        return (result, try RunReport(folder: reports, result: result))
    }

    private static func run(
        _ path: String,
        _ arguments: [String],
        environment: [String: String] = [:],
        in folder: TemporaryFolder,
        timeout: Nanoseconds
    ) throws -> CommandResult {
        let program = try RunningProgram(path, arguments, in: folder, environment: environment)
        defer { program.stop() }
        let exitCode = try program.wait(timeout: timeout)
        return CommandResult(exitCode: exitCode, output: program.output, errorOutput: program.errorOutput)
    }
}
