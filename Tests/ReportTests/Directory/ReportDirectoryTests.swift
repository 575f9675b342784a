import FoundationEssentials
import Testing

@testable import Report

@Suite struct ReportDirectoryTests {
    private let temporary: TemporaryDirectory

    init() throws { temporary = try TemporaryDirectory() }

    @Test func writesAllFilesAndNothingElse() throws {
        let path = temporary.path + "/a/b/"
        try ReportDirectory(path).write(Fixture.leaky())
        #expect(try temporary.names(in: path) == ReportDirectory.fileNames.sorted())
        let page = try Data(contentsOf: URL(filePath: path + "report.html"))
        #expect(String(decoding: page, as: UTF8.self) == HTMLReport(Fixture.leaky()).render())
        for name in ["report.html.gz", "report.json.gz"] {
            #expect(try Data(contentsOf: URL(filePath: path + name)).prefix(2) == Data([0x1F, 0x8B]), "\(name)")
        }
    }

    @Test func replacesAnEarlierReport() throws {
        let directory = ReportDirectory(temporary.path)
        try directory.write(Fixture.leaky())
        try directory.write(Fixture.empty())
        let page = try Data(contentsOf: URL(filePath: temporary.path + "/report.html"))
        #expect(String(decoding: page, as: UTF8.self).contains("<h1>empty</h1>"))
        #expect(try temporary.names(in: temporary.path).count == ReportDirectory.fileNames.count)
    }

    @Test func aFileInTheWayIsNamed() throws {
        let path = temporary.path + "/file"
        #expect(FileManager.default.createFile(atPath: path, contents: Data()))
        #expect(throws: ReportWriteError.system(call: "mkdir", error: "ENOTDIR", path: path + "/reports")) {
            try ReportDirectory(path + "/reports").write(Fixture.empty())
        }
        #expect(throws: ReportWriteError.self) { try ReportDirectory(path).write(Fixture.empty()) }
    }

    @Test func anUnwritablePathIsNamed() throws {
        let error = #expect(throws: ReportWriteError.self) {
            try ReportDirectory("/proc/nowhere").write(Fixture.empty())
        }
        #expect(error == .system(call: "mkdir", error: "ENOENT", path: "/proc/nowhere"))
        #expect(error?.description == "cannot write the report: mkdir /proc/nowhere: ENOENT")
    }

    @Test func aFailureLeavesNoTemporaryFiles() throws {
        let obstacle = temporary.path + "/report.json.gz"
        try FileManager.default.createDirectory(atPath: obstacle + "/full", withIntermediateDirectories: true)
        #expect(throws: ReportWriteError.system(call: "rename", error: "EISDIR", path: obstacle)) {
            try ReportDirectory(temporary.path).write(Fixture.empty())
        }
        #expect(try temporary.names(in: temporary.path) == ["report.json.gz"])
    }
}
