import Record
import Vocabulary

extension FindingKind {
    /// The server's process ended, and with it the run.
    public static let serverDied = FindingKind(
        "server-died",
        matters: "Every user lost the stream, and what the run measured ends there.",
        look: "Look at the server's last log lines, its exit code or signal, and the kernel's log for an out-of-memory "
            + "kill; the drops just before are listed above."
    ) { $0.serverDied }
}

extension FindingRules {
    fileprivate var serverDied: Finding? {
        guard let death = record.serverDeath else { return nil }
        let how = death.end.map { ": it \($0)" } ?? ""
        let who = death.probe.map { "Noticed by the probe \($0)." } ?? "It was the bundled server, started for the run."
        let last = death.lastDrops.reversed().map { drop in
            "\(Wording.seconds(death.time - drop.time)) before: dropped at \(drop.stage.rawValue) "
                + "(\(drop.manner.rawValue))."
        }
        return finding(
            .serverDied,
            .failure,
            "the server died \(Wording.seconds(death.time)) into the run\(how)",
            [who, "The run ended there; what would have come after it was not measured."]
                + (last.isEmpty ? ["No connection had been dropped on purpose before."] : last)
        )
    }
}

extension FindingKind {
    /// The server serves nobody any more, though its process lives.
    public static let stoppedServing = FindingKind(
        "stopped-serving",
        matters: "Nobody gets a stream any more until the server is started again, though its process lives.",
        look: "Look for what is counted, pooled or locked a connection (slots, threads, database connections) and not "
            + "given back by the drops before; a rate limit would say so in its answer."
    ) { $0.stoppedServing }
}

extension FindingRules {
    /// The server served an endpoint of the run, and then nobody any more, though its process lives on.
    fileprivate var stoppedServing: Finding? {
        guard let stop = record.serviceStop else { return nil }
        let since = Wording.seconds(stop.since)
        let after = stop.drops > 0 ? " after \(Wording.count(stop.drops, "drop"))" : ""
        let title =
            stop.isTurnedAway
            ? "the server turns new streams away\(after): \(stop.words) from \(since) on; a rate limit?"
            : "the server stopped serving\(after): \(stop.words) from \(since) on"
        let answer = stop.answer.map { [$0.statusLine, $0.body.map { "\"\($0)\"" }].compactMap(\.self) } ?? []
        return finding(
            .stoppedServing,
            stop.isTurnedAway ? .warning : .failure,
            title,
            [
                "A stream of \(stop.scenario) was last seen to be served at \(Wording.seconds(stop.lastServed)); "
                    + "\(Wording.count(stop.tries, "stream")) in a row failed since: \(stop.name)."
            ]
                + (answer.isEmpty ? [] : ["It was answered with: \(answer.joined(separator: " "))"])
                + [
                    "Noticed \(place(stop.during)). What comes after it proves nothing, and was left out; "
                        + "what was seen before stands."
                ]
        )
    }

    private func place(_ during: String) -> String { during == "after the load" ? during : "during: \(during)" }
}
