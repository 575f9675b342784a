import Testing

@testable import ReferenceServer

@Suite struct ClientIDTests {
    @Test func textRoundTrips() {
        for _ in 0..<100 {
            let id = ClientID()
            #expect(ClientID(id.description) == id)
            #expect(id.description.utf8.count == 16)
        }
        #expect(ClientID("000000000000000f")?.description == "000000000000000f")
    }

    @Test(arguments: ["", "f", "000000000000000F", "+00000000000000f", "000000000000000g", "0000000000000000f"])
    func otherTextIsNoID(_ text: String) {
        #expect(ClientID(text) == nil)
    }
}
