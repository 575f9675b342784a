/// The results of a check as JUnit XML, which CI systems show: a suite a section.
public enum CheckJUnit {
    /// The document.
    ///
    /// A broken `must` is a failure. What is weaker, or was not judged, is a skipped test that says why: it must not
    /// fail a build that the exit code passes.
    public static func xml(_ result: CheckResult) -> String {
        let failures = result.failures(.must)
        var lines = [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
            "<testsuites name=\"hydrotest check\" tests=\"\(result.results.count)\" failures=\"\(failures)\" errors=\"0\">",
        ]
        for section in result.sections {
            let failures = section.results.count { isFailure($0) }
            let skipped = section.results.count { $0.outcome != .passed && !isFailure($0) }
            lines.append(
                "  <testsuite name=\"\(escape(section.section.title))\" tests=\"\(section.results.count)\" "
                    + "failures=\"\(failures)\" errors=\"0\" skipped=\"\(skipped)\">"
            )
            for one in section.results { lines += testCase(one, section.section.title) }
            lines.append("  </testsuite>")
        }
        return (lines + ["</testsuites>", ""]).joined(separator: "\n")
    }

    private static func isFailure(_ result: CaseResult) -> Bool {
        result.outcome.isFailure && result.test.level == .must
    }

    private static func testCase(_ result: CaseResult, _ section: String) -> [String] {
        let name = escape("\(result.number) \(result.test.title)")
        let start = "    <testcase classname=\"\(escape(section))\" name=\"\(name)\""
        switch result.outcome {
        case .passed: return [start + "/>"]
        case .notApplicable(let reason), .notMeasured(let reason):
            return [start + "><skipped message=\"\(escape(reason))\"/></testcase>"]
        case .failed(let expected, let actual):
            let message = escape("\(result.test.level.rawValue): expected \(expected); actual \(actual)")
            guard isFailure(result) else { return [start + "><skipped message=\"\(message)\"/></testcase>"] }
            let quoted = escape("\(result.test.source): \(result.test.requirement)")
            return [start + "><failure message=\"\(message)\">\(quoted)</failure></testcase>"]
        }
    }

    /// Text made safe inside elements and quoted attributes (XML 1.0, 2.4); what XML cannot hold becomes U+FFFD.
    private static func escape(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\u{0}"..<"\u{20}", "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
