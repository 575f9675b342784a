import EventStream
import Testing
import Vocabulary

/// JSON Pointers followed in bytes, well formed and otherwise.
@Suite struct JSONPathTests {
    /// What a pointer leads to: the kind and the bytes as text; nil for nothing.
    private func find(_ pointer: String, in text: String) throws -> String? {
        let path = try #require(JSONPath(pointer))
        defer { path.release() }
        return Array(text.utf8).withUnsafeBytes { bytes in
            path.find(in: bytes).map { "\($0.kind) \(String(decoding: $0.bytes, as: UTF8.self))" }
        }
    }

    @Test(arguments: [
        ("/a", #"{"a":"x"}"#, "string x"),
        ("/a", #" { "b" : [ 1 , { "a" : 2 } ] , "a" : "x" } "#, "string x"),
        ("/choices/0/delta/content", #"{"choices":[{"index":0,"delta":{"content":"Hi"}}]}"#, "string Hi"),
        ("/1", "[10,20,30]", "number 20"),
        ("/2/0", "[[],{},[true]]", "literal true"),
        ("/a", #"{"a":-1.5e3,"b":1}"#, "number -1.5e3"),
        ("/a", #"{"a":null}"#, "literal null"),
        ("/a", #"{"a":{"b":1}}"#, "container {"),
        ("", " 12 ", "number 12"),
        ("", "12", "number 12"),
        ("", #""x""#, "string x"),
        // Of two members the first counts; what is in a string is no structure.
        ("/a", #"{"b":"\"a\":1,{[","a":1,"a":2}"#, "number 1"),
        ("/a", #"{"b":"\\","a":1}"#, "number 1"),
        // Names: escapes of the pointer, and of JSON.
        ("/a~1b", #"{"a/b":1}"#, "number 1"),
        ("/m~0n", #"{"m~n":1}"#, "number 1"),
        ("/", #"{"":1}"#, "number 1"),
        ("/0", #"{"0":1}"#, "number 1"),
        ("/content", #"{"c\u006Fntent":1}"#, "number 1"),
        ("/é", #"{"\u00e9":1}"#, "number 1"),
        ("/€", #"{"\u20AC":1}"#, "number 1"),
        ("/😀", #"{"\uD83D\uDE00":1}"#, "number 1"),
        ("/é", #"{"é":1}"#, "number 1"),
        (#"/""#, #"{"\"":1}"#, "number 1"),
        ("/\n", #"{"\n":1}"#, "number 1"),
        (#"/\"#, #"{"\\":1}"#, "number 1"),
        // Nothing after the value is looked at.
        ("/a", #"{"a":"x","#, "string x"),
        ("/a", #"{"a":1}}}"#, "number 1"),
    ])
    func leadsToAValue(pointer: String, text: String, value: String) throws {
        #expect(try find(pointer, in: text) == value)
    }

    @Test(arguments: [
        ("/a", ""), ("/a", "{}"), ("/a", "[]"), ("/a", "1"), ("/a", #""a""#), ("", ""), ("", "  "), ("", "nul"),
        ("/a", #"{"b":1}"#), ("/a/b", #"{"a":1}"#), ("/a/b", #"{"a":"b"}"#), ("/3", "[1,2,3]"), ("/0", "[]"),
        ("/-", "[1]"), ("/01", "[1,2]"), ("/x", "[1]"), ("/a", "[DONE]"), ("/a", "not JSON"),
        // Cut off.
        ("/a", #"{"a""#), ("/a", #"{"a":"#), ("/a", #"{"a":"x"#), ("/a", #"{"a":"x\"#), ("/a", #"{"a":12"#),
        ("/a", #"{"a":tru"#), ("/b", #"{"a":"x"#), ("/b", #"{"a":{"c":1"#), ("/b", #"{"a":[1,"#), ("/1", "[1,"),
        // Malformed before the value.
        ("/b", #"{"a":1 "b":2}"#), ("/b", #"{"a":[1,],"b":2}"#), ("/b", #"{"a":[1},"b":2}"#),
        ("/b", #"{"a":{"c"},"b":2}"#), ("/b", #"{a:1,"b":2}"#), ("/b", "{\"a\":\"\n\",\"b\":2}"), ("/b", #"{,"b":2}"#),
        // Names that only look alike.
        ("/a", #"{"\u0062":1}"#), ("/😀", #"{"\uD83D":1}"#), ("/😀", #"{"\uDE00\uD83D":1}"#), ("/a", #"{"\u006":1}"#),
        ("/a", #"{"\x61":1}"#), ("/ab", #"{"a":1}"#), ("/a", #"{"ab":1}"#), ("/é", #"{"\u00e8":1}"#),
    ])
    func leadsToNothing(pointer: String, text: String) throws {
        #expect(try find(pointer, in: text) == nil)
    }

    @Test func depthIsBounded() throws {
        func nested(_ depth: Int) -> String {
            "{\"a\":" + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + ",\"b\":1}"
        }
        #expect(try find("/b", in: nested(64)) == "number 1")
        #expect(try find("/b", in: nested(65)) == nil)
        #expect(try find("/b", in: "{\"a\":" + String(repeating: "[", count: 1_000_000)) == nil)
    }

    @Test(arguments: ["a", "/a~", "/a~2", String(repeating: "/a", count: 33)])
    func isNoPointer(text: String) { #expect(JSONPath(text) == nil) }

    /// Whatever the bytes are, the scanner stays within them and finds what it finds in every cut of them or nothing.
    @Test func noCutAndNoChangeOfTheBytesLeadsAstray() throws {
        let text = Array(
            #"{"id":"c\u00e9","choices":[{"index":0,"delta":{"role":"a","content":"Wa\"ter"},"n":null}]}"#.utf8
        )
        let path = try #require(JSONPath("/choices/0/delta/content"))
        defer { path.release() }
        func value(_ bytes: [UInt8]) -> String? {
            // In memory of its own, so that a read past the end is one that the allocator can notice.
            let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
            defer { copy.deallocate() }
            copy.copyBytes(from: bytes)
            return path.find(in: UnsafeRawBufferPointer(copy)).map { String(decoding: $0.bytes, as: UTF8.self) }
        }
        #expect(value(text) == #"Wa\"ter"#)
        for count in text.indices {
            let found = value(Array(text[..<count]))
            #expect(found == nil || found == #"Wa\"ter"#)
        }
        var random = SplitMix64(seeds: 5)
        for _ in 0..<20_000 {
            var changed = text
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let position = Int.random(in: changed.indices, using: &random)
                changed[position] = UInt8.random(in: 0...255, using: &random)
            }
            _ = value(changed)
        }
    }
}
