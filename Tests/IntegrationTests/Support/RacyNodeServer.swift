import Vocabulary

/// The Node server with the design's bug, or with its fix.
struct RacyNodeServer {
    /// The program.
    let program: RunningProgram
    /// The address, without a path.
    let address: String

    /// Starts a server and reads its address; to be stopped at the test's end.
    ///
    /// - Throws: ``SupportError`` where it does not print it.
    init(isFixed: Bool, in folder: TemporaryFolder) throws {
        guard let node = Program.path("node") else { throw SupportError(Requirement.node.description) }
        var environment = ["WINDOW_MS": "30", "INACTIVITY_MS": "1500", "HEARTBEAT_MS": "400"]
        environment["FIXED"] = isFixed ? "1" : ""
        program = try RunningProgram(node, [Program.server("racy-server.js")], in: folder, environment: environment)
        do {
            address = try program.lines(containing: "http://")[0]
        } catch {
            program.stop()
            throw error
        }
    }
}
