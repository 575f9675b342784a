import Report
import Vocabulary

/// A machine's limits as a terminal shows them.
public struct DoctorText {
    private let report: DoctorReport
    private let width: Int
    private let style: TerminalStyle

    /// The text of a report.
    ///
    /// - Parameters:
    ///   - width: the terminal's, in columns.
    ///   - color: whether it shows colours.
    public init(_ report: DoctorReport, width: Int, color: Bool) {
        self.report = report
        self.width = width
        style = TerminalStyle(color: color)
    }

    /// The lines: what fits, each limit, and how those that can be raised are.
    public func lines() -> [String] {
        [capacity, ""] + table + [""] + raising
    }

    private var capacity: String {
        guard let plain = report.plain, let tls = report.tls else { return "This system tells none of its limits." }
        let room =
            plain == tls
            ? "\(NumberText.grouped(plain.streams)) streams at once, plain or TLS (limit: \(plain.limitedBy))"
            : "\(NumberText.grouped(plain.streams)) plain streams (limit: \(plain.limitedBy)) or "
                + "\(NumberText.grouped(tls.streams)) TLS streams (limit: \(tls.limitedBy)) at once"
        return style.apply(.bold, to: "Room for \(room).")
    }

    private var table: [String] {
        let nameWidth = report.checks.map(\.name.count).max() ?? 0
        let valueWidth = report.checks.map(\.value.count).max() ?? 0
        let indent = String(repeating: " ", count: nameWidth + valueWidth + 9)
        return report.checks.flatMap { check in
            let name = check.name + String(repeating: " ", count: nameWidth - check.name.count)
            let value = String(repeating: " ", count: valueWidth - check.value.count) + check.value
            let head = "\(check.low ? "low" : " ok")  \(name)  \(value)  "
            var lines = TextLayout.wrap(check.allows, width: max(width, indent.count + 20), first: head, indent: indent)
            let mark = check.low ? style.apply(.warning, to: "low") : style.apply(.good, to: " ok")
            lines[0] = mark + lines[0].dropFirst(3)
            return lines
        }
    }

    /// The low ones stand first.
    private var raising: [String] {
        let raisable =
            report.checks.filter { $0.low && $0.raise != nil } + report.checks.filter { !$0.low && $0.raise != nil }
        let nameWidth = raisable.map(\.name.count).max() ?? 0
        return ["To raise a limit until the next boot, or this shell's end:"]
            + raisable.map { check in
                let name = check.name + String(repeating: " ", count: nameWidth - check.name.count)
                // A command that is cut off could not be copied.
                return "  \(check.low ? style.apply(.warning, to: name) : name)  \(check.raise ?? "")"
            }
    }
}
