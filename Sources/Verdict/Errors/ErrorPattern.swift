import Record
import Vocabulary

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
