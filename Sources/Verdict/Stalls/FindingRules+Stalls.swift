import Record
import Vocabulary

extension FindingRules {
    /// The server kept connections that went silent before their request was complete, for as long as was looked.
    var noHandshakeTimeout: Finding? {
        let stalls = (record.load.stalls ?? []).filter { $0.stage < .requestSent }
        let kept = stalls.filter { $0.ended == 0 && $0.kept > 0 }
        // The shortest look holds for all of them.
        guard let look = kept.compactMap(\.keptLongest).min() else { return nil }
        let isLong = look >= VerdictLimits.longHandshake
        let stages = kept.map(\.stage.rawValue).joined(separator: ", ")
        let count = kept.reduce(0 as UInt64) { $0.saturatingAdding($1.kept) }
        return finding(
            .noHandshakeTimeout,
            isLong ? .warning : .info,
            "no handshake timeout within \(DurationText.format(look)): the server keeps connections that stall at \(stages)",
            stalls.map(Self.fate) + held(of: count) + [
                isLong
                    ? "Whoever opens enough of them and says nothing keeps everybody else out."
                    : "A longer one is not ruled out: many servers wait for 10 s to 90 s. To know, watch longer: "
                        + "drop.wait: \(DurationText.format(VerdictLimits.longHandshake + 5 * .perSecond))."
            ]
        )
    }

    private static func fate(_ stall: StallRecord) -> String {
        guard let first = stall.endedFirst, let last = stall.endedLast else {
            let look = stall.keptLongest.map { " within \(DurationText.format($0))" } ?? ""
            return "\(stall.stage.rawValue): \(Wording.number(stall.kept)) stalled, none was ended\(look)."
        }
        let (low, high) = (DurationText.format(first), DurationText.format(last))
        let span = low == high ? low : "\(low) to \(high)"
        return "\(stall.stage.rawValue): the server ended \(Wording.number(stall.ended)), \(span) after they stalled."
    }

    /// What a thousand of them would hold, as far as is known.
    private func held(of count: UInt64) -> [String] {
        ["1,000 such clients hold 1,000 sockets of the server, and a descriptor for each that it has accepted."]
    }
}
