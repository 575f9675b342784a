import Testing
import Vocabulary

extension Integration {
    /// The bundled profiles of streams that end, and of slow readers.
    @Suite struct StreamProfileTests {
        @Test func completionsAreReadToTheirEnd() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let (result, report) = try Command.profile(Program.profile("llm-stream.yaml"), in: folder)
            #expect(result.exitCode == 0, "\(result.output)\(result.errorOutput)")
            #expect(report.leaks.isEmpty)
            let streams = try StreamReport(folder: folder.file("report"))
            #expect(streams.scenarios.map(\.name) == ["callers", "cancellers", "slow", "canaries"])
            let callers = try #require(streams.scenario("callers")?.streams)
            #expect(callers.marked == 120)
            #expect(callers.unmarked == 0)
            #expect(callers.tokens?.max == 150)
            #expect(streams.scenario("cancellers")?.streams?.cancelled == 120)
            #expect(streams.slowReaders?.streams == 4)
            try ReportFiles(folder: folder.file("report")).check()
        }

        @Test func slowReadersAreBoundedByTheServer() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let (result, report) = try Command.profile(Program.profile("slow-readers.yaml"), in: folder)
            #expect(result.exitCode == 0, "\(result.output)\(result.errorOutput)")
            let streams = try StreamReport(folder: folder.file("report"))
            #expect(streams.slowReaders?.streams == 4)
            #expect(!report.findings.map(\.id).contains("slow-readers-unbounded"))
        }

        @Test func aQueueWithoutABoundIsFound() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let (result, report) = try Command.profile(
                Program.profile("slow-readers.yaml"),
                ["--set", "reference.faults=[unbounded-queue]"],
                in: folder
            )
            #expect(result.exitCode == 1, "\(result.output)\(result.errorOutput)")
            #expect(report.findings.map(\.id).contains("slow-readers-unbounded"))
        }
    }
}
