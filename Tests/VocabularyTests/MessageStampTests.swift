import Testing
import Vocabulary

@Suite struct MessageStampTests {
    private let stamp = MessageStamp(publisher: 3, sequence: 17)
    private let reader = MessageStampReader(run: 805)

    private func find(_ text: String) -> MessageStamp? {
        Array(text.utf8).withUnsafeBytes { reader.find(in: $0) }
    }

    @Test func aStampIsANumberOfFourteenDigits() {
        #expect(stamp.number(run: 805) == 42_805_300_000_017)
        let last = MessageStamp(publisher: MessageStamp.publishers - 1, sequence: MessageStamp.sequences - 1)
        #expect("\(last.number(run: MessageStamp.runs - 1))".count == MessageStamp.digits)
        #expect(last.number(run: MessageStamp.runs - 1) < 1 << 53)
    }

    @Test(arguments: [
        "42805300000017", "{\"seq\":42805300000017}", "{\"seq\": 42805300000017.0, \"n\": 4}", "a 42805300000017\n",
        "4242805300000017 4242805 42805300000017", "{\"data\":\"{\\\"seq\\\":\\\"42805300000017\\\"}\"}",
    ])
    func whatServersMakeOfAStampIsRead(_ text: String) {
        #expect(find(text) == stamp)
    }

    @Test(arguments: [
        "", "4280530000001", "428053000000171", "142805300000017", "42806300000017", "43805300000017", "no digits",
        "42805-300000017",
    ])
    func whatIsNoStampOfThisRunIsNot(_ text: String) {
        #expect(find(text) == nil)
    }
}
