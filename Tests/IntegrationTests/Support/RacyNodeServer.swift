import Vocabulary

/// The Node server with the design's bug, or with its fix.
struct RacyNodeServer {
    /// The program.
    let program: RunningProgram
    /// The address, without a path.
    let address: String

    /// The port that its inspector listens on; nil without one.
    let inspectorPort: UInt16?

    /// Starts a server and reads its address; to be stopped at the test's end.
    ///
    /// - Throws: ``SupportError`` where it does not print it.
    init(isFixed: Bool, inspected: Bool = false, in folder: TemporaryFolder) throws {
        guard let node = Program.path("node") else { throw SupportError(Requirement.node.description) }
        var environment = ["WINDOW_MS": "30", "INACTIVITY_MS": "1500", "HEARTBEAT_MS": "400"]
        environment["FIXED"] = isFixed ? "1" : ""
        let options = inspected ? ["--inspect=127.0.0.1:0"] : []
        let words = options + [Program.server("racy-server.js")]
        program = try RunningProgram(node, words, in: folder, environment: environment)
        do {
            address = try program.lines(containing: "http://")[0]
            inspectorPort = Self.inspectorPort(in: program.errorOutput)
        } catch {
            program.stop()
            throw error
        }
    }

    /// The port in `Debugger listening on ws://127.0.0.1:9229/...`, which Node writes before it runs anything.
    static func inspectorPort(in text: String) -> UInt16? {
        text.firstMatch(of: /ws:\/\/127\.0\.0\.1:(\d+)\//).flatMap { UInt16($0.1) }
    }
}
