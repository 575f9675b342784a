import Foundation
import Testing

@testable import HydrotestKit

@Suite struct ReportFolderTests {
    @Test func aFolderThatCanBeMadeIsNotMadeYet() throws {
        let base = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: base, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: base) }
        let folder = base.appendingPathComponent("deep/report")
        try ReportFolder.check(folder.path)
        try ReportFolder.check(base.path)
        #expect(try FileManager.default.contentsOfDirectory(atPath: base.path) == [])
    }

    @Test func whereNoFileCanBeMadeIsSaid() throws {
        // Root has every permission there, and yet cannot.
        let error = try #require(throws: RunError.self) { try ReportFolder.check("/proc/nowhere/report") }
        #expect(error.exitCode == ExitCode.internalError)
        #expect("\(error)".contains("cannot write to \"/proc\""))
    }

    @Test func aFileInTheWayIsNamed() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try Data().write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        for path in [file.path, file.appendingPathComponent("report").path] {
            let error = try #require(throws: RunError.self) { try ReportFolder.check(path) }
            #expect(error.exitCode == ExitCode.internalError)
            #expect("\(error)".contains("(ENOTDIR); name another with --report-dir"))
        }
    }
}
