import Vocabulary

/// sse-starlette under uvicorn: a server of event streams that this project did not write.
struct StarletteServer {
    /// The program.
    let program: RunningProgram
    /// The address, without a path.
    let address: String

    /// The Python that has the modules: that of `HYDROTEST_PYTHON`, or the one that a shell finds; nil where none has.
    static let python: String? = {
        let named = Program.variable("HYDROTEST_PYTHON")
        return [named, Program.path("python3")].compactMap(\.self).first(where: hasModules)
    }()

    /// Starts the server and reads its address; to be stopped at the test's end.
    ///
    /// - Throws: ``SupportError`` where it does not print it.
    init(in folder: TemporaryFolder) throws {
        guard let python = Self.python else { throw SupportError(Requirement.starlette.description) }
        program = try RunningProgram(python, [Program.server("starlette-server.py")], in: folder)
        do {
            address = try program.lines(containing: "http://")[0]
        } catch {
            program.stop()
            throw error
        }
    }

    private static func hasModules(_ python: String) -> Bool {
        guard let folder = try? TemporaryFolder() else { return false }
        defer { folder.remove() }
        guard let program = try? RunningProgram(python, ["-c", "import sse_starlette, uvicorn"], in: folder) else {
            return false
        }
        defer { program.stop() }
        return (try? program.wait(timeout: 30 * .perSecond)) == 0
    }
}
