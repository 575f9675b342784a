import EventStream
import Testing

@Suite struct ServerSentEventTests {
    private func event<Result>(type: String, _ read: (borrowing ServerSentEvent) -> Result) -> Result {
        Array(type.utf8).withUnsafeBytes { type in
            let empty = UnsafeRawBufferPointer(start: nil, count: 0)
            return read(ServerSentEvent(type: type, data: empty, lastEventID: empty, hasID: false))
        }
    }

    @Test(arguments: [("ping", true), ("pin", false), ("pings", false), ("message", false), ("", false)])
    func comparesItsType(_ name: String, _ matches: Bool) {
        #expect(event(type: "ping") { $0.isType(name.utf8) } == matches)
    }

    @Test(arguments: [("message", true), ("ping", false), ("", false)])
    func withoutATypeItIsAMessage(_ name: String, _ matches: Bool) {
        #expect(event(type: "") { $0.isType(name.utf8) } == matches)
        #expect(event(type: "") { $0.typeText } == "message")
    }
}
