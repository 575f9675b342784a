import Foundation
import Record
import Testing
import Vocabulary

@Suite struct ErrorFacesTests {
    private func occurrence(
        _ stage: Stage = .requestSent,
        age: Nanoseconds = 1_000_000,
        time: Double,
        position: UInt64? = 0,
        open: UInt64 = 4
    ) -> ErrorFaces.Occurrence {
        ErrorFaces.Occurrence(stage: stage, age: age, time: time, position: position, open: open)
    }

    @Test func aFaceKeepsWhereWhenAndTheFirstAnswer() throws {
        var faces = ErrorFaces()
        let answer = AnswerSample(statusLine: "HTTP/1.1 503 Busy", body: "full")
        faces.note("HTTP_503", occurrence(time: 3, position: 50, open: 7))
        faces.note("HTTP_503", occurrence(.connected, time: 2, position: 60, open: 5), answer: answer)
        faces.note("HTTP_503", occurrence(time: 9, position: nil), answer: AnswerSample(statusLine: nil, body: "x"))
        let face = try #require(faces.face(of: "HTTP_503"))
        #expect(face.count == 3)
        #expect(face.stages == [.requestSent: 2, .connected: 1])
        #expect((face.first, face.last) == (2, 9))
        #expect(face.firstPosition == 50)
        #expect(face.fewestOpen == 4)
        #expect(face.answer == answer)
        #expect(faces.hasAnswer("HTTP_503"))
        #expect(!faces.hasAnswer("HTTP_404"))
    }

    @Test func namesBeyondTheMostAreOnlyCounted() {
        var faces = ErrorFaces()
        for number in 0..<ErrorFaces.mostNames + 3 { faces.note("HTTP_\(400 + number)", occurrence(time: 1)) }
        #expect(faces.faces.count == ErrorFaces.mostNames)
        #expect(faces.others == 3)
        var other = ErrorFaces()
        other.note("ECONNRESET", occurrence(time: 1))
        other.note("ECONNRESET", occurrence(time: 1))
        faces.merge(other)
        #expect(faces.faces.count == ErrorFaces.mostNames)
        #expect(faces.others == 5)
    }

    @Test func twoLoadsAreAddedUp() throws {
        var (left, right) = (LoadRecord(), LoadRecord())
        var (one, two) = (ErrorFaces(), ErrorFaces())
        one.note("ECONNRESET", occurrence(time: 5, position: 9, open: 3))
        one.lastEstablished = 4
        one.lastEstablishedTime = 2
        two.note("ECONNRESET", occurrence(time: 1, position: 7, open: 2))
        two.note("EPIPE", occurrence(time: 1))
        two.lastEstablished = 6
        two.lastEstablishedTime = 1
        (left.errorFaces, right.errorFaces) = (one, two)
        left.merge(right)
        let faces = try #require(left.errorFaces)
        #expect(faces.face(of: "ECONNRESET")?.count == 2)
        #expect(faces.face(of: "ECONNRESET")?.first == 1)
        #expect(faces.face(of: "ECONNRESET")?.firstPosition == 7)
        #expect(faces.face(of: "ECONNRESET")?.fewestOpen == 2)
        #expect(faces.face(of: "EPIPE")?.count == 1)
        #expect(faces.lastEstablished == 6)
        #expect(faces.lastEstablishedTime == 2)
        let copy = try JSONDecoder().decode(LoadRecord.self, from: JSONEncoder().encode(left))
        #expect(copy == left)
    }

    @Test func theShareThatNeverGotThereCountsEarlierStagesOnly() throws {
        var record = LoadRecord()
        #expect(record.shareUnreached(.firstEvent, reached: 72) == nil)
        var faces = ErrorFaces()
        for _ in 0..<20 { faces.note("TIMEOUT_HEADERS", occurrence(.requestSent, time: 1)) }
        for _ in 0..<8 { faces.note("TIMEOUT_CONNECT", occurrence(.connecting, time: 1)) }
        for _ in 0..<5 { faces.note("TRUNCATED_BODY", occurrence(.streaming, time: 1)) }
        record.errorFaces = faces
        #expect(record.shareUnreached(.firstEvent, reached: 72) == 0.28)
        #expect(record.shareUnreached(.connected, reached: 92) == 0.08)
        #expect(record.shareUnreached(.connecting, reached: 100) == nil)
    }
}
