import Testing

@testable import Probe

struct JSONPointerReadingTests {
    @Test(arguments: [
        ("/number", GaugeReading.value(12.5)),
        ("/list", .value(3)),
        ("/map", .value(2)),
        ("/list/1", .value(20)),
        ("/digits", .gap("NOT_A_NUMBER")),
        ("/flag", .gap("NOT_A_NUMBER")),
        ("/nothing", .gap("NOT_A_NUMBER")),
        ("/absent", .gap("POINTER_NOT_FOUND")),
    ])
    func reading(_ pointer: String, _ expected: GaugeReading) throws {
        let text = #"{"number":12.5,"list":[10,20,30],"map":{"a":1,"b":2},"digits":"7","flag":true,"nothing":null}"#
        let document = try JSONParser.parse(Array(text.utf8))
        #expect(try #require(JSONPointer(pointer)).reading(in: document) == expected)
    }
}
