import Foundation
import Glibc

/// Where programs stand.
enum Program {
    /// The path of a program by its name, as a shell finds it; `/usr/sbin` is looked in as well.
    static func path(_ name: String) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        return (folders.map(String.init) + ["/usr/sbin"]).map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }

    /// Go's command: that beside the Python that `HYDROTEST_PYTHON` names, where PyPI's package puts it, or the system's.
    static var go: String? {
        let folder = variable("HYDROTEST_PYTHON").map { ($0 as NSString).deletingLastPathComponent }
        let own = folder.map { "\($0)/go" }
        if let own, access(own, X_OK) == 0 { return own }
        return path("go")
    }

    /// A variable of the environment; nil where it is not set.
    static func variable(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }

    /// The built command, which stands beside the test bundle.
    ///
    /// - Throws: ``SupportError`` where it has not been built.
    static func hydrotest() throws -> String {
        let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let folder = URL(fileURLWithPath: bundle).deletingLastPathComponent()
        let path = folder.appendingPathComponent("hydrotest").path
        guard access(path, X_OK) == 0 else { throw SupportError("no command at \(path); build it with swift build") }
        return path
    }

    /// The path of a scripted server of these tests.
    static func server(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Servers/\(name)").path
    }

    /// The path of a bundled profile.
    static func profile(_ name: String) -> String {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        return root.appendingPathComponent("Profiles/\(name)").path
    }
}
