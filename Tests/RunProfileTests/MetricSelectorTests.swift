import RunProfile
import Testing

@Suite struct MetricSelectorTests {
    @Test func readsNamesAndLabels() {
        #expect(MetricSelector(" up ") == MetricSelector(name: "up"))
        #expect(MetricSelector("a:b{}") == MetricSelector(name: "a:b"))
        let matchers = [
            MetricSelector.Matcher(label: "code", value: "500"),
            MetricSelector.Matcher(label: "path", value: "a\"b\\c\n}", isEqual: false),
        ]
        #expect(
            MetricSelector(#"errors { code="500", path != "a\"b\\c\n}", }"#)
                == MetricSelector(name: "errors", matchers: matchers)
        )
    }

    @Test(arguments: [
        "", "1a", "a b", "{a=\"b\"}", "a{", "a{b}", "a{b=c}", "a{b=~\"c\"}", "a{b=\"c\"", "a{b=\"c\"}d", "a{,}",
        "a{b=\"c}",
        "a{b=\"c\"d=\"e\"}", "a{1=\"\"}", "ä", "a{b=\"\\x\"}",
    ])
    func refuses(text: String) {
        #expect(MetricSelector(text) == nil)
    }

    @Test func isBounded() {
        let matchers = (0...MetricSelector.matcherLimit).map { "l\($0)=\"\"" }
        #expect(MetricSelector("a{\(matchers.dropLast().joined(separator: ","))}") != nil)
        #expect(MetricSelector("a{\(matchers.joined(separator: ","))}") == nil)
    }

    @Test func matches() throws {
        let selector = try #require(MetricSelector("a{b=\"1\",c!=\"2\",d=\"\"}"))
        #expect(selector.matches(["b": "1"]))
        #expect(selector.matches(["b": "1", "c": "3", "e": "4"]))
        #expect(!selector.matches(["b": "2"]))
        #expect(!selector.matches(["b": "1", "c": "2"]))
        #expect(!selector.matches(["b": "1", "d": "x"]))
    }
}
