import Record
import Verdict
import Vocabulary

/// A report as JUnit XML, which CI servers list as tests: the run, each threshold and each finding as a case.
///
/// In the part that Jenkins' `junit-10.xsd` and the older schema of Ant's task have in common: a suite's properties come
/// first, then its cases, then its output; a timestamp has no zone and is UTC; a case fails, is an error, or passes.
/// A case's name is the same in every run, so that a CI server can follow it from run to run.
public struct JUnitReport: Sendable {
    private struct Case {
        let group: String
        let name: String
        /// `failure` or `error`, its type, its message and its text; nil where the case passes.
        let problem: (element: String, type: String, message: String, text: [String])?
    }

    private let document: ReportDocument

    /// The XML of a document.
    public init(_ document: ReportDocument) { self.document = document }

    /// The file, in UTF-8; all text from the record is escaped.
    public func render() -> String {
        let cases = [run] + document.thresholds.prefix(ReportLimits.rows).map(threshold) + findings
        let count = { (element: String) in cases.count { $0.problem?.element == element } }
        let moment = FigureText.moment(document.started).replacing(" UTC", with: "").replacing(" ", with: "T")
        let seconds = NumberText.fixed(max(0, document.ended - document.started), digits: 3)
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites>
            <testsuite name="\(name)" package="hydrotest" id="0" hostname="localhost" timestamp="\(moment)" \
            tests="\(cases.count)" failures="\(count("failure"))" errors="\(count("error"))" time="\(seconds)">
            <properties>
            \(properties.map { "<property name=\"\($0)\" value=\"\(XMLEscaping.escape($1))\"/>" }.joined(separator: "\n"))
            </properties>
            \(cases.map(render).joined(separator: "\n"))
            <system-out>\(output.map { XMLEscaping.escape($0) }.joined(separator: "\n"))</system-out>
            <system-err></system-err>
            </testsuite>
            </testsuites>

            """
    }

    private var name: String { XMLEscaping.escape("hydrotest.\(document.profile)", limit: 120) }

    private var properties: [(String, String)] {
        [
            ("verdict", document.verdict.rawValue), ("target", document.environment.target),
            ("seed", "\(document.seed)"), ("hydrotest", document.environment.version),
            ("command", document.environment.command),
        ]
    }

    /// Whether the run came to its end; an error where it did not, as nothing after it was measured.
    private var run: Case {
        let record = document.record
        let reason: String? =
            if record.interrupted {
                "the run was cut short"
            } else if record.serverDeath != nil {
                "the server died"
            } else if record.load.workerDeaths != nil {
                "a part of the load could not go on"
            } else {
                nil
            }
        return Case(
            group: "run",
            name: "the run came to its end",
            problem: reason.map { ("error", "incomplete", $0, [VerdictText(document).reason]) }
        )
    }

    private func threshold(_ result: ThresholdResult) -> Case {
        let measured = FigureText.measured(result).map { "measured: \($0)" } ?? "not measured"
        return Case(
            group: "thresholds",
            name: result.expression,
            problem: result.passed ? nil : ("failure", "threshold", measured, ["\(result.expression): \(measured)"])
        )
    }

    private var findings: [Case] {
        var seen: [String: Int] = [:]
        return document.findings.prefix(ReportLimits.findings).map { finding in
            seen[finding.id, default: 0] += 1
            let number = seen[finding.id] ?? 1
            let evidence = document.sentences(finding)
            return Case(
                group: "findings",
                name: number == 1 ? finding.id : "\(finding.id) \(number)",
                problem: finding.severity == .failure ? ("failure", "finding", finding.title, evidence) : nil
            )
        }
    }

    /// The verdict, and the findings that fail nothing.
    private var output: [String] {
        let verdict = VerdictText(document)
        let leaks = document.leaks.isEmpty ? ["Leaks: \(WatchedGauges(document.record).nothingFound)"] : []
        return ["\(verdict.word)  \(verdict.reason)"] + leaks
            + document.findings.prefix(ReportLimits.findings).filter { $0.severity != .failure }.flatMap { finding in
                ["\(finding.severity.rawValue): \(finding.title)"]
                    + finding.evidence.prefix(ReportLimits.evidence).map { "    \($0)" }
            }
    }

    private func render(_ testcase: Case) -> String {
        let attributes =
            "classname=\"\(name).\(testcase.group)\" name=\"\(XMLEscaping.escape(testcase.name))\" time=\"0.000\""
        guard let problem = testcase.problem else { return "<testcase \(attributes)/>" }
        let text = problem.text.map { XMLEscaping.escape($0) }.joined(separator: "\n")
        return "<testcase \(attributes)><\(problem.element) type=\"\(problem.type)\" "
            + "message=\"\(XMLEscaping.escape(problem.message))\">\(text)</\(problem.element)></testcase>"
    }
}
