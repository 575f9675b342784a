import Testing

@testable import Probe

struct JSONValueWritingTests {
    @Test(arguments: [
        "null", "[true,false]", "{}", #"{"a":1,"b":[-0.5,"x"]}"#, #""\"\\\u0001ü😀""#, "12345678901",
    ])
    func writesWhatItReads(document: String) throws {
        let value = try JSONParser.parse(Array(document.utf8))
        #expect(value.document == document)
        #expect(try JSONParser.parse(Array(value.document.utf8)) == value)
    }

    @Test func whatIsNoFigureIsNull() {
        #expect(JSONValue.array([.number(.nan), .number(.infinity)]).document == "[null,null]")
    }
}
