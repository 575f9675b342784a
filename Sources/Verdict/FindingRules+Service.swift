import Record
import Vocabulary

extension FindingRules {
    /// The server served an endpoint of the run, and then nobody any more, though its process lives on.
    var stoppedServing: Finding? {
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
