import Testing

@testable import Schema

@Suite struct SchemaValueTests {
    @Test func membersKeepTheirOrder() {
        let value = SchemaValue.object([
            .init("b", .list([.text("x"), .number("1")])), .init("a", .object([])), .init("c", .flag(true)),
        ])
        #expect(value.json == "{\n  \"b\": [\"x\", 1],\n  \"a\": {},\n  \"c\": true\n}")
    }

    @Test func textIsEscaped() {
        #expect(SchemaValue.text("\"\\\n\t\u{1}µ").json == "\"\\\"\\\\\\n\\t\\u0001µ\"")
    }

    @Test func aLongListIsBroken() {
        let words = SchemaValue.list((0..<40).map { .text("word\($0)") })
        #expect(words.json.split(separator: "\n").count == 42)
    }
}
