import Testing

@testable import Probe

struct JSONPointerTests {
    /// The document of RFC 6901, section 5.
    static let document = #"""
        {
           "foo": ["bar", "baz"],
           "": 0,
           "a/b": 1,
           "c%d": 2,
           "e^f": 3,
           "g|h": 4,
           "i\\j": 5,
           "k\"l": 6,
           " ": 7,
           "m~n": 8
        }
        """#

    private func value(_ pointer: String, in text: String = document) throws -> JSONValue? {
        try #require(JSONPointer(pointer)).value(in: try JSONParser.parse(Array(text.utf8)))
    }

    @Test func emptyPointerIsTheWholeDocument() throws {
        #expect(try value("") == JSONParser.parse(Array(Self.document.utf8)))
    }

    @Test(arguments: [
        ("/foo", JSONValue.array([.string("bar"), .string("baz")])),
        ("/foo/0", .string("bar")),
        ("/", .number(0)),
        ("/a~1b", .number(1)),
        ("/c%d", .number(2)),
        ("/e^f", .number(3)),
        ("/g|h", .number(4)),
        ("/i\\j", .number(5)),
        ("/k\"l", .number(6)),
        ("/ ", .number(7)),
        ("/m~0n", .number(8)),
    ])
    func section5(_ pointer: String, _ expected: JSONValue) throws {
        #expect(try value(pointer) == expected)
    }

    @Test(arguments: [
        "/missing", "/foo/2", "/foo/-", "/foo/01", "/foo/+1", "/foo/", "/foo/0/x", "/foo/99999999999999999999",
    ])
    func leadsNowhere(_ pointer: String) throws {
        #expect(try value(pointer) == nil)
    }

    @Test(arguments: ["foo", "foo/bar", "/~", "/~2", "/a~"])
    func notAPointer(_ text: String) {
        #expect(JSONPointer(text) == nil)
    }

    /// `~01` is `~1`, not a slash (RFC 6901, 4).
    @Test func unescapesInOnePass() throws {
        #expect(try #require(JSONPointer("/~01/b~10")).tokens == ["~1", "b/0"])
    }

    @Test func splitsBeforeCombiningMarks() throws {
        #expect(try #require(JSONPointer("/a/\u{301}b")).tokens == ["a", "\u{301}b"])
    }
}
