import Foundation
import Testing
import Vocabulary

@testable import HydrotestKit

@Suite struct DoctorReportTests {
    @Test(
        arguments: [
            (20_000, 1 << 40, 19_904, 19_904, "descriptors"),
            (1_000_000, 64 << 20, (64 << 20) / Preflight.plainConnectionBytes, 2_048, "memory"),
            (1_000_000, 1 << 40, 262_144, 262_144, "tracked connections"),
            (50, 1 << 40, 0, 0, "descriptors"),
        ]
    )
    func theLeastLimitIsTheCapacity(descriptors: Int, memory: Int, plain: Int, tls: Int, limit: String) {
        let report = DoctorReport(MachineLimitsTests.limits(descriptors: descriptors, memory: memory))
        #expect(report.plain?.streams == plain)
        #expect(report.tls?.streams == tls)
        #expect(report.tls?.limitedBy == limit)
    }

    @Test func theCapacityIsWhatThePreflightAllows() throws {
        let limits = MachineLimitsTests.limits(descriptors: 1_000)
        let streams = try #require(DoctorReport(limits).plain?.streams)
        let preflight = Preflight(descriptorLimit: 1_000, memory: limits.memory)
        let fitting = try Made.profile("http://127.0.0.1:1/", [Made.holding(streams, for: .perSecond)])
        try preflight.check(fitting)
        let tooMany = try Made.profile("http://127.0.0.1:1/", [Made.holding(streams + 1, for: .perSecond)])
        #expect(throws: RunError.self) { try preflight.check(tooMany) }
    }

    @Test func lowLimitsAreNamedFirstAmongThoseToRaise() throws {
        let report = DoctorReport(MachineLimitsTests.limits(descriptors: 1_024))
        #expect(report.checks.filter(\.low).map(\.name) == ["descriptors"])
        let lines = DoctorText(report, width: 100, color: false).lines()
        #expect(lines.first?.contains("928 streams at once, plain or TLS (limit: descriptors)") == true)
        let raising = try #require(lines.firstIndex { $0.hasPrefix("To raise") })
        #expect(lines[raising + 1].hasPrefix("  descriptors"))
        #expect(lines[raising + 1].hasSuffix("sudo prlimit --pid $$ --nofile=1048576:1048576"))
        #expect(lines[..<raising].allSatisfy { $0.count <= 100 })
        #expect(!lines.joined().contains("\u{1B}"))
    }

    @Test func theDocumentIsReadBack() throws {
        let report = DoctorReport(MachineLimitsTests.limits())
        #expect(try JSONDecoder().decode(DoctorReport.self, from: report.json()) == report)
    }
}
