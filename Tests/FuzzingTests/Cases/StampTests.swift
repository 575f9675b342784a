import Testing

@testable import Fuzzing

@Suite struct StampTests {
    @Test func isFoundWhereverItStands() {
        let stamp = Stamp(topic: "news")
        let bytes = Array("{hz: {".utf8) + stamp.bytes + Array(" 7".utf8)
        #expect(bytes.withUnsafeBytes { Stamp.find(in: $0) } == stamp)
        #expect(bytes.dropLast(3).withUnsafeBytes { Stamp.find(in: $0) } == nil)
    }

    @Test func differsFromTopicToTopic() {
        #expect(Stamp(topic: "a") != Stamp(topic: "b"))
        #expect(Stamp(topic: "").bytes.count == Stamp(topic: "a").bytes.count)
    }
}
