import HTTP
import EventStream
import Testing

@testable import Load

@Suite struct KnownAnswerTests {
    private let head = Array("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n".utf8)
    private let start = KnownAnswer.Start(framing: .chunked, compression: .none)

    private func match(_ answer: KnownAnswer, _ input: [UInt8], of scenario: Int = 0) -> Int? {
        input.withUnsafeBytes { answer.match($0, of: scenario)?.count }
    }

    private func known() -> KnownAnswer {
        var answer = KnownAnswer()
        head.withUnsafeBytes { answer.keep($0, of: 0, start) }
        return answer
    }

    @Test func theSameHeadIsKnownWhateverFollowsIt() {
        #expect(match(known(), head) == head.count)
        #expect(match(known(), head + Array("data: 1".utf8)) == head.count)
    }

    @Test func anotherHeadIsNot() {
        var other = head
        other[9] = UInt8(ascii: "5")
        #expect(match(known(), other) == nil)
        #expect(match(known(), Array(head.dropLast())) == nil)
        #expect(match(known(), head, of: 1) == nil)
        #expect(match(KnownAnswer(), head) == nil)
        #expect(match(KnownAnswer(), []) == nil)
    }

    @Test func aHeadThatIsTooLongIsForgottenWithTheOneBefore() {
        var answer = known()
        let long = [UInt8](repeating: 0x20, count: KnownAnswer.mostBytes + 1)
        long.withUnsafeBytes { answer.keep($0, of: 0, start) }
        #expect(match(answer, long) == nil)
        #expect(match(answer, head) == nil)
    }
}
