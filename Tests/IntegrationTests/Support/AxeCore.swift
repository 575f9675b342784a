import Foundation

/// The accessibility checker axe-core, as the Python package axe-core-python carries it.
enum AxeCore {
    /// The file of its script; nil where the package is missing.
    static let script: String? = {
        guard let python = PythonServer.python, let folder = try? TemporaryFolder() else { return nil }
        defer { folder.remove() }
        let find =
            "import importlib.util; print(importlib.util.find_spec('axe_core_python').submodule_search_locations[0])"
        guard let program = try? RunningProgram(python, ["-c", find], in: folder) else { return nil }
        defer { program.stop() }
        guard (try? program.wait(timeout: 30_000_000_000)) == 0 else { return nil }
        let path = program.output.trimmingCharacters(in: .whitespacesAndNewlines) + "/axe.min.js"
        return FileManager.default.isReadableFile(atPath: path) ? path : nil
    }()
}
