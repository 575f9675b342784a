import Record
import Vocabulary

/// The errors of a run as rows of a table, the same on a terminal and on a page.
struct ErrorText {
    /// The columns' headings.
    let headings = ["error", "count", "share", "last stage", "age p50", "age max", "first", "last"]
    /// A row for each name; those that were only counted have their count alone.
    let rows: [[String]]
    /// What the errors look like together, and what was answered, a sentence each.
    let sentences: [String]

    /// The errors of a document; nil where how they looked is not known.
    init?(_ document: ReportDocument) {
        guard let faces = document.errorFaces else { return nil }
        let others = document.errors.filter { error in !faces.contains { $0.name == error.key } }
            .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        rows =
            faces.map(Self.row)
            + others.map { [$0.key, FigureText.count($0.value)] + Array(repeating: "–", count: 6) }
        sentences = faces.flatMap { face in
            face.patterns + [Self.answer(face)].compactMap(\.self)
        }
    }

    private static func row(_ face: ErrorSummary) -> [String] {
        let most = face.stages.max { ($0.count, $1.stage) < ($1.count, $0.stage) }
        return [
            face.name, FigureText.count(face.count),
            face.share.map { "\(NumberText.threeDigits($0 * 100))%" } ?? "–",
            most.map { face.stages.count > 1 ? "\($0.stage.rawValue) (most)" : $0.stage.rawValue } ?? "–",
            face.age.map { DurationText.format($0.p50) } ?? "–", face.age.map { DurationText.format($0.max) } ?? "–",
            "\(NumberText.threeDigits(face.first)) s", "\(NumberText.threeDigits(face.last)) s",
        ]
    }

    private static func answer(_ face: ErrorSummary) -> String? {
        guard let answer = face.answer else { return nil }
        let parts = [answer.statusLine, answer.body.map { "\"\($0)\"" }].compactMap(\.self)
        return parts.isEmpty ? nil : "\(face.name) was answered with: \(parts.joined(separator: " "))"
    }
}

/// What bystanders saw as rows of a table, the same on a terminal and on a page.
struct BystanderText {
    /// The columns' headings.
    let headings = ["bystander", "sent", "failed", "p50", "p99", "max"]
    /// A row for each bystander and part.
    let rows: [[String]]

    /// The rows of some bystanders.
    init(_ bystanders: [BystanderSummary]) {
        rows = bystanders.flatMap { bystander in
            bystander.named.map { name, part in
                [
                    "\(PlainText.clean(bystander.name, limit: 32)), \(name)", FigureText.count(part.sent),
                    FigureText.count(part.failed),
                ]
                    + [part.latency?.p50, part.latency?.p99, part.latency?.max].map {
                        $0.map(DurationText.format) ?? "–"
                    }
            }
        }
    }
}

/// What became of stalled connections as rows of a table, the same on a terminal and on a page.
struct StallText {
    /// The columns' headings.
    let headings = ["stalled at", "ended by the server", "after", "not ended", "within"]
    /// A row for each stage.
    let rows: [[String]]

    /// The rows of some stages.
    init(_ stalls: [StallRecord]) {
        rows = stalls.map { stall in
            let ends = [stall.endedFirst, stall.endedLast].compactMap { $0.map(DurationText.format) }
            let span = ends.first == ends.last ? ends.first : ends.joined(separator: " to ")
            return [
                stall.stage.rawValue, FigureText.count(stall.ended), span ?? "–", FigureText.count(stall.kept),
                stall.keptLongest.map(DurationText.format) ?? "–",
            ]
        }
    }
}
