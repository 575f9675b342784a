import Record
import Vocabulary

extension FindingKind {
    /// The server kept connections that went silent before their request was complete.
    public static let noHandshakeTimeout = FindingKind(
        "no-handshake-timeout",
        matters: "A client that connects and says nothing more costs the server a socket for as long as it likes.",
        look: "Look for the server's timeout of handshakes and request heads: client_header_timeout (nginx), "
            + "headersTimeout (Node), ReadHeaderTimeout (Go), RequestReadTimeout (Apache)."
    ) { $0.noHandshakeTimeout }
}

extension FindingRules {
    /// The server kept connections that went silent before their request was complete, for as long as was looked.
    fileprivate var noHandshakeTimeout: Finding? {
        let stalls = (record.load.stalls ?? []).filter { $0.stage < .requestSent }
        let kept = stalls.filter { $0.ended == 0 && $0.kept > 0 }
        // The shortest look holds for all of them.
        guard let look = kept.compactMap(\.keptLongest).min() else { return nil }
        let isLong = look >= VerdictLimits.longHandshake
        let stages = kept.map(\.stage.rawValue).joined(separator: ", ")
        return finding(
            .noHandshakeTimeout,
            isLong ? .warning : .info,
            "no handshake timeout within \(DurationText.format(look)): the server keeps connections that stall at \(stages)",
            stalls.map(Self.fate) + heldByThousand + [
                isLong
                    ? "Whoever opens enough of them and says nothing keeps everybody else out."
                    : "A longer one is not ruled out: many servers wait for 10 s to 90 s. To know, watch longer: "
                        + "drop.wait: \(Int(VerdictLimits.longHandshake.inSeconds) + 5)s."
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
    private var heldByThousand: [String] {
        let certain =
            "1,000 such clients hold 1,000 sockets of the server, and a descriptor for each that it has accepted."
        guard let hold = record.load.stallHold, let end = hold.end, hold.connections >= VerdictLimits.fewestHeld,
            let start = record.phases.first(where: { $0.name == .load })?.start
        else { return [certain] }
        let told = record.gauges.compactMap { gauge -> String? in
            guard gauge.unit != .total, let each = held(gauge, (start + hold.start)...(start + max(hold.start, end)))
            else { return nil }
            let thousand = each / Double(hold.connections) * 1_000
            guard thousand >= (gauge.unit == .bytes ? VerdictLimits.fewestHeldBytes : 500) else { return nil }
            let amount = gauge.unit == .bytes ? NumberText.bytes(thousand) : Wording.number(thousand.rounded())
            return "\(gauge.seriesName): about \(amount) for 1,000 such clients, as the last "
                + "\(Wording.number(hold.connections)) show."
        }
        return [certain] + told
    }

    /// What a gauge held while only stalled connections were there, above what it held once they were gone.
    private func held(_ gauge: GaugeRecord, _ span: ClosedRange<Double>) -> Double? {
        guard let baseline = gauge.baseline, let rest = gauge.residuals.map(\.value).min(),
            let series = record.series[gauge.seriesName]
        else { return nil }
        // The first reading after the others' end may still count these.
        let within = zip(series.t, series.v).filter { span.contains($0.0) }.dropFirst()
        guard let value = within.last?.1 else { return nil }
        return value - baseline - rest
    }
}
