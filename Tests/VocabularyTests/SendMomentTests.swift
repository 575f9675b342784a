import Testing
import Vocabulary

@Suite struct SendMomentTests {
    private func find(_ data: String) -> Nanoseconds? {
        var data = data
        return data.withUTF8 { SendMoment.find(in: UnsafeRawBufferPointer($0)) }
    }

    @Test(arguments: [0, 7, 1_234_567_890_123, Nanoseconds.max])
    func aMomentIsFoundWhereverItStands(moment: Nanoseconds) {
        #expect(find(SendMoment.fill("{moment}", with: moment)) == moment)
        #expect(find(SendMoment.fill("{\"text\":\"{moment}\",\"n\":1}", with: moment)) == moment)
        #expect(find(SendMoment.fill("h hydrotest-hydrotest-sent {moment} {moment}", with: moment)) == moment)
    }

    @Test(arguments: [
        "", "hello", "hydrotest-sent", "hydrotest-sent-", "hydrotest-sent-x1", "ydrotest-sent-1",
        "hydrotest-sent-18446744073709551616", "hydrotest-sent-99999999999999999999",
    ])
    func whatIsNoMomentIsNotTakenForOne(data: String) {
        #expect(find(data) == nil)
    }

    @Test func aBodyWithoutThePlaceholderStays() {
        #expect(SendMoment.fill("hello", with: 7) == "hello")
        #expect(SendMoment.fill("", with: 7) == "")
    }
}
