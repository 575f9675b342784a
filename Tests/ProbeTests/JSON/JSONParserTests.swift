import Testing

@testable import Probe

struct JSONParserTests {
    @Test(arguments: [
        ("null", JSONValue.null),
        (" true\n", .bool(true)),
        ("false", .bool(false)),
        ("0", .number(0)),
        ("-0.5e+3", .number(-500)),
        ("1E2", .number(100)),
        ("9007199254740993", .number(9_007_199_254_740_992)),
        ("\"\"", .string("")),
        ("[]", .array([])),
        ("{}", .object([:])),
        ("[1, [2], {\"a\": 3}]", .array([.number(1), .array([.number(2)]), .object(["a": .number(3)])])),
        ("{\"a\":1,\"a\":2}", .object(["a": .number(2)])),
        (#""\"\\\/\b\f\n\r\t\u0041\u00e9""#, .string("\"\\/\u{8}\u{C}\n\r\tAé")),
        (#""\ud83d\ude00""#, .string("😀")),
        (#""\ud83dx\ude00\ud83d\u0041""#, .string("\u{FFFD}x\u{FFFD}\u{FFFD}A")),
        ("\u{FEFF}[1]", .array([.number(1)])),
    ])
    func valid(_ text: String, _ value: JSONValue) throws {
        #expect(try JSONParser.parse(Array(text.utf8)) == value)
    }

    @Test(arguments: [
        "", " ", "nul", "True", "+1", "01", "1.", ".5", "1e", "--1", "1e999", "NaN", "[1,]", "[1 2]", "[,1]", "[", "]",
        "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{\"a\":1", "\"", "\"\n\"", #""\x""#, #""\u12G4""#, #""\u12"#,
        "1 1", "<html>",
    ])
    func invalid(_ text: String) {
        #expect(throws: JSONParser.SyntaxError.self) { try JSONParser.parse(Array(text.utf8)) }
    }

    @Test func tellsWhereItStopped() {
        #expect(throws: JSONParser.SyntaxError(offset: 4)) { try JSONParser.parse(Array("[1, x]".utf8)) }
    }

    @Test func nestsUpToTheLimit() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        let allowed = JSONParser.depthLimit + 1
        #expect(throws: Never.self) { try JSONParser.parse(nested(allowed)) }
        #expect(throws: JSONParser.SyntaxError.self) { try JSONParser.parse(nested(allowed + 1)) }
        #expect(throws: JSONParser.SyntaxError.self) {
            try JSONParser.parse([UInt8](repeating: UInt8(ascii: "["), count: 1_000_000))
        }
    }

    /// Cut or changed anywhere, a document is read or refused, but never traps.
    @Test func survivesDamage() {
        let document = Array(#"{"clients": {"a": [1.5e3, null]}, "text": "\ud83d\ude00 \n", "on": true}"#.utf8)
        var refused = 0
        for cut in 0..<document.count {
            if (try? JSONParser.parse(Array(document[..<cut]))) == nil { refused += 1 }
            for byte: UInt8 in [0x00, 0x22, 0x2D, 0x5C, 0x5D, 0x7B, 0xFF] {
                var damaged = document
                damaged[cut] = byte
                _ = try? JSONParser.parse(damaged)
            }
        }
        #expect(refused == document.count)
    }
}
