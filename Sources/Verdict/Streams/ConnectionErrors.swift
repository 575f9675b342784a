import Record
import Vocabulary

extension FindingRules {
    /// What the names of hit limits begin with.
    private static let limitPrefix = "LIMIT_"
}

extension FindingKind {
    /// Connections failed.
    public static let errors = FindingKind(
        "errors",
        matters: "Each error is a user whose stream failed.",
        look: "Look at the error's name, at when it happened (Over time), and at the server's log for the same moment."
    ) { $0.errors }
}

extension FindingRules {
    /// Errors other than limits, and what they look like together.
    fileprivate var errors: Finding? {
        let counts = record.load.errors.filter { $0.value > 0 && !$0.key.hasPrefix(Self.limitPrefix) }
        guard let first = Self.sorted(counts).first else { return nil }
        let connections = record.load.connections
        let attempted = Wording.count(connections.attempted, "connection")
        let sum = counts.values.reduce(0 as UInt64) { $0.saturatingAdding($1) }
        let pattern = errorPatterns.first { $0.name == first.key }
        return finding(
            .errors,
            .warning,
            Wording.count(sum, "error") + (counts.count > 1 ? ", most of them " : ": ")
                + (pattern?.sentence ?? first.key),
            errorLines(counts) + ["Failed: \(Wording.number(connections.failed)) of \(attempted)."]
        )
    }
}

extension FindingKind {
    /// The server sent more than a limit lets through.
    public static let limitHit = FindingKind(
        "limit-hit",
        matters: "The server sent more than Hydrotest accepts; a browser or proxy may have a limit as well.",
        look: "Look at the named limit: endless headers, an event without an end, or a compressed stream that expands "
            + "without bound."
    ) { $0.limitHit }
}

extension FindingRules {
    /// Limits that were hit.
    fileprivate var limitHit: Finding? {
        let counts = record.load.errors.filter { $0.value > 0 && $0.key.hasPrefix(Self.limitPrefix) }
        guard let first = Self.sorted(counts).first else { return nil }
        let more = counts.count > 1 ? " and \(Wording.count(UInt64(counts.count - 1), "other limit")) hit" : " hit"
        return finding(
            .limitHit,
            .warning,
            "\(first.key)\(more)",
            listed(counts) + ["The connections were ended there; what the server would have sent next is not known."]
        )
    }

    /// What the errors look like together.
    var errorPatterns: [ErrorPattern] { ErrorPattern.find(in: record.load, start: loadStart) }

    /// When the load began, in seconds since the run's start.
    private var loadStart: Double { record.phases.first { $0.name == .load }?.start ?? 0 }

    /// The patterns, then each name with its face, the biggest first.
    func errorLines(_ counts: [String: UInt64]) -> [String] {
        guard let faces = record.load.errorFaces else { return listed(counts) }
        let patterns = errorPatterns.filter { counts[$0.name] != nil }.map(\.sentence)
        let sorted = Self.sorted(counts)
        let lines = sorted.prefix(VerdictLimits.errorNames).flatMap { name, count in
            guard let face = faces.face(of: name) else { return ["\(name): \(Wording.number(count))"] }
            return line(face) + answer(face)
        }
        let left = sorted.count - min(sorted.count, VerdictLimits.errorNames)
        return patterns + lines + (left > 0 ? ["\(Wording.count(UInt64(left), "more name")) left out."] : [])
    }

    private func line(_ face: ErrorFace) -> [String] {
        let attempted = record.load.connections.attempted
        var words = "\(face.name): \(Wording.number(face.count))"
        if attempted > 0 {
            words += " of \(Wording.count(attempted, "connection"))"
            words += " (\(NumberText.threeDigits(Double(face.count) / Double(attempted) * 100))%)"
        }
        if let stage = face.stages.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) {
            let share = face.stages.count > 1 ? "\(Wording.number(stage.value)) of them " : ""
            words += ", \(share)past \(stage.key.rawValue)"
        }
        if let half = face.age.value(atPercentile: 50) {
            let (middle, most) = (DurationText.format(half), DurationText.format(face.age.largest))
            words += ", \(middle) after the start" + (middle == most ? "" : " (half of them), \(most) at most")
        }
        let (first, last) = (
            NumberText.threeDigits(loadStart + face.first), NumberText.threeDigits(loadStart + face.last)
        )
        words += first == last ? ", at \(first) s of the run" : ", from \(first) s to \(last) s of the run"
        return [words + "."]
    }

    private func answer(_ face: ErrorFace) -> [String] {
        guard let answer = face.answer else { return [] }
        let parts = [answer.statusLine, answer.body.map { "\"\($0)\"" }].compactMap(\.self)
        return parts.isEmpty ? [] : ["\(face.name) was answered with: \(parts.joined(separator: " "))"]
    }
}

/// What the errors of one name look like together; a guess where it ends in a question mark.
public struct ErrorPattern: Equatable, Sendable {
    /// The error's name.
    public let name: String
    /// The pattern in a few words: `refused from the 51st on`.
    public let words: String

    /// The pattern with the error's name: `TIMEOUT_HEADERS for 2 of 3 that shared a cookie`.
    public var sentence: String { words.hasPrefix(Self.preposition) ? "\(name) \(words)" : "\(name): \(words)" }

    private static let preposition = "for "

    /// The patterns of a load's errors, the most telling of each name first.
    ///
    /// - Parameters:
    ///   - load: all connections.
    ///   - start: when the load began, in seconds since the run's start.
    public static func find(in load: LoadRecord, start: Double) -> [ErrorPattern] {
        guard let faces = load.errorFaces else { return [] }
        return faces.faces.filter { $0.count >= VerdictLimits.fewestPatternErrors }.flatMap { face in
            // Where one cookie's streams come one at a time, that no more came at once says nothing new.
            sharedCookie(face, faces, load).map { [$0] }
                ?? [streamLimit(face, load)].compactMap(\.self) + fromOn(face, load, start: start)
        }
    }

    /// Connections that share a cookie, of which one at a time gets through.
    private static func sharedCookie(_ face: ErrorFace, _ faces: ErrorFaces, _ load: LoadRecord) -> ErrorPattern? {
        guard isTimeout(face.name), let shared = face.sharingCookie, shared == face.count,
            let sharing = faces.sharingCookie, sharing > shared
        else { return nil }
        let isAlone = (load.scenarios ?? []).isEmpty
        let oneEach = isAlone && faces.cookies.map { load.connections.peak <= $0 } == true
        guard oneEach || faces.mostOpenOfCookie == 1 else { return nil }
        return ErrorPattern(
            name: face.name,
            words: preposition + "\(Wording.number(shared)) of \(Wording.number(sharing)) that shared a cookie: "
                + "one stream a session at a time?"
        )
    }

    /// All failed while as many streams were open as ever were.
    private static func streamLimit(_ face: ErrorFace, _ load: LoadRecord) -> ErrorPattern? {
        let peak = load.connections.peak
        // One may have ended on this side before the next was let in on the other.
        guard isTimeout(face.name) || isRefusal(face.name), peak >= 1, let fewest = face.fewestOpen,
            fewest >= max(1, peak - 1)
        else { return nil }
        let streams = Wording.count(peak, "stream")
        let guess = isTimeout(face.name) ? "a worker a stream?" : "a limit?"
        return ErrorPattern(name: face.name, words: "never more than \(streams) at once: \(guess)")
    }

    /// Nothing came through once the first had failed.
    private static func fromOn(_ face: ErrorFace, _ load: LoadRecord, start: Double) -> [ErrorPattern] {
        guard isTimeout(face.name) || isRefusal(face.name) else { return [] }
        let word = isRefusal(face.name) ? "refused" : "no stream"
        if let scenarios = load.scenarios, scenarios.count > 1 {
            let parts = scenarios.compactMap { scenario in
                position(scenario.load.errorFaces, face.name).map { "\(scenario.name): \(word) from the \($0) on" }
            }
            let since = load.errorFaces?.lastEstablishedTime.flatMap { last in
                last < face.first ? "\(word) from \(NumberText.threeDigits(start + face.first)) s of the run on" : nil
            }
            return ((since.map { [$0] } ?? []) + parts).map { ErrorPattern(name: face.name, words: $0) }
        }
        return position(load.errorFaces, face.name).map {
            [ErrorPattern(name: face.name, words: "\(word) from the \($0) on")]
        } ?? []
    }

    /// The position from which on all failed; nil where one behind the first failure came through, or none before it.
    private static func position(_ faces: ErrorFaces?, _ name: String) -> String? {
        guard let face = faces?.face(of: name), face.count >= VerdictLimits.fewestPatternErrors,
            let first = face.firstPosition, let last = faces?.lastEstablished, last < first
        else { return nil }
        return ordinal(first + 1)
    }

    /// `1st`, `2nd`, `51st`, `112th`.
    static func ordinal(_ number: UInt64) -> String {
        let suffix =
            switch (number % 100, number % 10) {
            case (11...13, _): "th"
            case (_, 1): "st"
            case (_, 2): "nd"
            case (_, 3): "rd"
            default: "th"
            }
        return Wording.number(number) + suffix
    }

    private static func isTimeout(_ name: String) -> Bool {
        ["TIMEOUT_CONNECT", "TIMEOUT_TLS_HANDSHAKE", "TIMEOUT_HEADERS"].contains(name)
    }

    private static func isRefusal(_ name: String) -> Bool {
        name == "ECONNREFUSED" || name == "ECONNRESET" || name == "ENDED_BEFORE_HEADERS"
            || name.hasPrefix("HTTP_4") || name.hasPrefix("HTTP_5")
    }
}
