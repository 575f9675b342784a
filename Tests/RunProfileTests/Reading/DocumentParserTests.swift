import Testing

@testable import RunProfile

@Suite struct DocumentParserTests {
    @Test(arguments: ["", " ", "\n\n", "# only a comment", "---", "~", "null"])
    func findsNothing(text: String) throws {
        let root = try DocumentParser.parse(text)
        #expect(root == nil || root?.isNull == true)
    }

    @Test func knowsLinesAndColumns() throws {
        let root = try #require(try DocumentParser.parse("a:\n  - b\n  - 'c'\n"))
        let items = [
            DocumentNode(origin: .file(line: 2, column: 5), content: .scalar("b", plain: true)),
            DocumentNode(origin: .file(line: 3, column: 5), content: .scalar("c", plain: false)),
        ]
        let list = DocumentNode(origin: .file(line: 2, column: 3), content: .sequence(items))
        let entry = DocumentNode.Entry(key: "a", origin: .file(line: 1, column: 1), value: list)
        #expect(root == DocumentNode(origin: .file(line: 1, column: 1), content: .mapping([entry])))
    }

    @Test func readsShortTexts() throws {
        let root = try DocumentParser.parse("500", origin: .override("x"))
        #expect(root == DocumentNode(origin: .override("x"), content: .scalar("500", plain: true)))
    }

    @Test func mergesMaps() throws {
        let text = """
            one: &one { a: 1, b: 1 }
            two: &two { b: 2, c: 2 }
            all: { <<: [*one, *two], a: 3 }
            """
        let root = try #require(try DocumentParser.parse(text))
        guard case .mapping(let sections) = root.content, case .mapping(let all)? = sections.last?.value.content else {
            Issue.record("no map")
            return
        }
        let values = all.map { entry -> String in
            guard case .scalar(let text, _) = entry.value.content else { return "" }
            return entry.key + text
        }
        #expect(values == ["a3", "b1", "c2"])
    }

    @Test(arguments: [
        "*a : 1", "? *a\n: 1", "[*a]: 1", "x: *a", "x: { <<: *a }",
    ])
    func boundsAliases(use: String) {
        // Each level is ten of the one below: a hundred million million values.
        var text = "l0: &l0 [1]\n"
        for level in 1...14 {
            text += "l\(level): &l\(level) [\(Array(repeating: "*l\(level - 1)", count: 10).joined(separator: ","))]\n"
        }
        text += use.replacing("*a", with: "*l14")
        #expect(
            throws: SyntaxProblem(
                line: 1,
                column: 1,
                problem: "141 aliases",
                expectation: "at most 27 in a text of this size"
            )
        ) {
            try DocumentParser.parse(text)
        }
    }

    @Test func allowsAliasesWithinTheBound() throws {
        // As many and as deep as the guard lets pass, as a key: the parser's worst.
        var text = "l0: &l0 [1]\n"
        for level in 1...8 {
            let below = "*l\(level - 1)"
            text += "l\(level): &l\(level) [\(below), \(below), \(below)]\n"
        }
        #expect(throws: Never.self) { try DocumentParser.parse(text) }
        #expect(throws: SyntaxProblem(line: 9, column: 5, problem: "a key that is no text", expectation: nil)) {
            try DocumentParser.parse(text + "? *l8\n: 1")
        }
    }

    @Test func doesNotTakeStarsForAliases() throws {
        let stars = "body: 'Some *bold*, **bolder**, */* and 2*2' # &\n"
        let body = "body: '\(String(repeating: "*a, ", count: 1_000))?x=1&y=2'"
        #expect(try DocumentParser.parse(stars) != nil)
        #expect(try DocumentParser.parse(body) != nil)
    }

    @Test func boundsNodes() {
        let list = "- [" + String(repeating: "1,", count: 9_000) + "1]\n"
        #expect(throws: Never.self) { try DocumentParser.parse(String(repeating: list, count: 10)) }
        #expect(throws: SyntaxProblem.self) { try DocumentParser.parse(String(repeating: list, count: 12)) }
        let aliased = "- &a [" + String(repeating: "1,", count: 9_000) + "1]\n" + String(repeating: "- *a\n", count: 11)
        #expect(throws: SyntaxProblem.self) { try DocumentParser.parse(aliased) }
    }

    @Test(arguments: [60, 70, 900, 200_000])
    func boundsDepth(levels: Int) {
        for text in [
            String(repeating: "[", count: levels) + String(repeating: "]", count: levels),
            String(repeating: "- ", count: levels) + "1",
            String(repeating: "{a: ", count: levels) + "1" + String(repeating: "}", count: levels),
        ] {
            if levels < ProfileLimits.depth {
                #expect(throws: Never.self) { try DocumentParser.parse(text) }
            } else {
                #expect(throws: SyntaxProblem.self) { try DocumentParser.parse(text) }
            }
        }
    }

    @Test func boundsBytes() {
        let text = "a: " + String(repeating: "b", count: ProfileLimits.textBytes - 3)
        #expect(throws: Never.self) { try DocumentParser.parse(text) }
        #expect(
            throws: SyntaxProblem(
                line: 1,
                column: 1,
                problem: "1048577 bytes long",
                expectation: "at most 1048576 bytes"
            )
        ) {
            try DocumentParser.parse(text + "b")
        }
    }
}
