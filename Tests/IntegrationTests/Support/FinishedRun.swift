import Vocabulary

/// A short run against the bundled server, whose report the tests work with.
enum FinishedRun {
    /// Runs it.
    ///
    /// - Parameters:
    ///   - name: the report folder's name.
    ///   - threshold: what it is judged by.
    ///   - environment: variables as `NAME=VALUE`.
    /// - Returns: the report folder, and how the run ended.
    static func make(
        _ name: String = "report",
        threshold: String = "errors.count == 0",
        environment: [String] = [],
        in folder: TemporaryFolder
    ) throws -> (folder: String, result: CommandResult) {
        let profile = try folder.write(
            """
            name: short
            target: { url: reference }
            scenarios: [{ name: held, connections: 20, hold: 500ms }]
            leak: { baseline: 0s, settle: 300ms }
            thresholds: ["\(threshold)"]
            """,
            to: "\(name).yaml"
        )
        let words = [try Program.hydrotest(), "run", profile, "--report-dir", folder.file(name)]
        let result = try Command.run(named: "env", environment + words, in: folder)
        return (folder.file(name), result)
    }
}
