import Record
import Testing
import Vocabulary

@testable import Verdict

@Suite struct ErrorPatternTests {
    private func load(
        _ name: String,
        _ failures: [(position: UInt64, open: UInt64)],
        peak: UInt64,
        lastEstablished: UInt64?,
        attempted: UInt64 = 100
    ) -> LoadRecord {
        var load = LoadRecord()
        load.connections.attempted = attempted
        load.connections.failed = UInt64(failures.count)
        load.connections.established = attempted - UInt64(failures.count)
        load.connections.peak = peak
        load.errors = [name: UInt64(failures.count)]
        var faces = ErrorFaces()
        for (index, failure) in failures.enumerated() {
            faces.note(
                name,
                ErrorFaces.Occurrence(
                    stage: .requestSent,
                    age: 2 * .perSecond,
                    time: Double(index),
                    position: failure.position,
                    open: failure.open
                )
            )
        }
        faces.lastEstablished = lastEstablished
        load.errorFaces = faces
        return load
    }

    private func words(_ load: LoadRecord) -> [String] { ErrorPattern.find(in: load, start: 1).map(\.words) }

    @Test func timeoutsWhileAllWorkersHoldAStreamLookLikeAWorkerAStream() {
        let load = load("TIMEOUT_HEADERS", [(4, 4), (5, 4), (6, 4)], peak: 4, lastEstablished: 3, attempted: 7)
        #expect(
            words(load) == ["never more than 4 streams at once: a worker a stream?", "no stream from the 5th on"]
        )
    }

    /// A server that is slow now and then fails with few streams open as well as with many.
    @Test func timeoutsAtAnyNumberOfStreamsLookLikeNothing() {
        let load = load("TIMEOUT_HEADERS", [(4, 4), (50, 30), (99, 2)], peak: 60, lastEstablished: 98)
        #expect(words(load) == [])
    }

    @Test func refusalsBehindTheLastStreamBeginAtAPosition() {
        let load = load("HTTP_503", [(50, 10), (51, 9), (52, 3)], peak: 50, lastEstablished: 49)
        #expect(words(load) == ["refused from the 51st on"])
        // One that came through behind them.
        var later = load
        later.errorFaces?.lastEstablished = 51
        #expect(words(later) == [])
        // Nothing ever came through.
        later.errorFaces?.lastEstablished = nil
        #expect(words(later) == [])
    }

    @Test func oneFailureIsNoPattern() {
        #expect(words(load("HTTP_503", [(50, 50)], peak: 50, lastEstablished: 49)) == [])
    }

    @Test func aBrokenStreamIsNoRefusal() {
        #expect(words(load("TRUNCATED_BODY", [(50, 50), (51, 50)], peak: 50, lastEstablished: 49)) == [])
    }

    @Test func connectionsOfOneCookieThatComeOneByOneAreNamed() {
        var load = load("TIMEOUT_HEADERS", [(1, 1), (2, 1)], peak: 1, lastEstablished: 0, attempted: 3)
        load.errorFaces?.faces[0].sharingCookie = 2
        load.errorFaces?.sharingCookie = 3
        load.errorFaces?.cookies = 1
        load.errorFaces?.mostOpenOfCookie = 1
        #expect(
            ErrorPattern.find(in: load, start: 0).map(\.sentence)
                == ["TIMEOUT_HEADERS for 2 of 3 that shared a cookie: one stream a session at a time?"]
        )
    }

    /// All clients of a load send the target's cookie: that alone accuses no lock.
    @Test func aCookieWithSeveralStreamsAtOnceIsNone() {
        var load = load("TIMEOUT_HEADERS", [(4, 4), (5, 4)], peak: 4, lastEstablished: 3, attempted: 6)
        load.errorFaces?.faces[0].sharingCookie = 2
        load.errorFaces?.sharingCookie = 6
        load.errorFaces?.cookies = 1
        load.errorFaces?.mostOpenOfCookie = 4
        #expect(words(load).first == "never more than 4 streams at once: a worker a stream?")
    }

    @Test(arguments: [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (13, "13th"), (51, "51st"), (112, "112th")])
    func ordinals(number: Int, text: String) { #expect(ErrorPattern.ordinal(UInt64(number)) == text) }

    @Test func theFindingTellsThePatternThenTheFaceThenTheAnswer() throws {
        var record = Made.record()
        record.load = load("HTTP_503", [(50, 10), (51, 10)], peak: 50, lastEstablished: 49)
        record.load.errorFaces?.faces[0].answer = AnswerSample(statusLine: "HTTP/1.1 503 Busy", body: "all taken")
        record.phases = [Phase(name: .load, start: 2, end: 9)]
        let finding = try #require(record.findings("errors").first)
        #expect(finding.title == "2 errors: HTTP_503: refused from the 51st on")
        #expect(
            finding.evidence == [
                "HTTP_503: refused from the 51st on",
                "HTTP_503: 2 of 100 connections (2.00%), past request-sent, 2.00 s after the start, "
                    + "from 2.00 s to 3.00 s of the run.",
                "HTTP_503 was answered with: HTTP/1.1 503 Busy \"all taken\"", "Failed: 2 of 100 connections.",
            ]
        )
    }
}
