import Foundation

/// A folder for one test's files; to be removed at the test's end.
struct TemporaryFolder: Sendable {
    /// The folder's path.
    let path: String

    /// Makes a folder that only this user can read.
    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("hydrotest-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }

    /// The path of a file in the folder.
    func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a file.
    ///
    /// - Returns: its path.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try text.write(toFile: file(name), atomically: true, encoding: .utf8)
        return file(name)
    }

    /// Removes the folder and everything in it.
    func remove() { try? FileManager.default.removeItem(atPath: path) }
}
