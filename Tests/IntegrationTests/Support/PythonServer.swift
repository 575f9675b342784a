import Glibc

/// A scripted server in Python, with packages from PyPI.
struct PythonServer {
    /// The program.
    let program: RunningProgram
    /// The address, without a path.
    let address: String

    /// The Python that has the packages: the one that `HYDROTEST_PYTHON` names, or the system's.
    static var python: String? { getenv("HYDROTEST_PYTHON").map { String(cString: $0) } ?? Program.path("python3") }

    /// Whether a package of Python's can be imported.
    static func has(_ package: String) -> Bool {
        guard let python, let folder = try? TemporaryFolder() else { return false }
        defer { folder.remove() }
        guard let program = try? RunningProgram(python, ["-c", "import \(package)"], in: folder) else { return false }
        defer { program.stop() }
        return (try? program.wait(timeout: 30_000_000_000)) == 0
    }

    /// Starts a server and reads its address; to be stopped at the test's end.
    ///
    /// - Parameter environment: variables beside those of this process.
    /// - Throws: ``SupportError`` where it does not print it.
    init(_ name: String, environment: [String: String] = [:], in folder: TemporaryFolder) throws {
        guard let python = Self.python else { throw SupportError("there is no python3") }
        program = try RunningProgram(python, [Program.server(name)], in: folder, environment: environment)
        do {
            address = try program.lines(containing: "http://")[0]
        } catch {
            program.stop()
            throw error
        }
    }
}
