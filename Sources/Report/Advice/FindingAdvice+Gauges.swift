import Verdict

extension FindingAdvice {
    /// The words for findings that tell what the gauges are worth.
    static func gauges(_ kind: FindingKind) -> (String, String) {
        switch kind {
        case .retained:
            (
                "Healthy servers keep threads, connections and buffers for reuse. What does not grow with further drops will "
                    + "not grow for ever.",
                "Nothing, unless the amount itself is too much. A bigger `connections` shows where it stops."
            )
        case .leaksNotWatched:
            (
                "A client that stays in one of the server's own maps is seen in no count of sockets or descriptors.",
                WatchedGauges.nextStep + " `hydrotest init` looks for one in the common places."
            )
        case .gaugeBlind:
            (
                "A gauge that stands still while streams are open cannot show what they leave behind.",
                "Check where it points: another member, another instance, another process?"
            )
        case .gaugeLags:
            (
                "A value that is cached or swept tells what was, so every reading is taken later, and the run lasts longer.",
                "Nothing; a gauge that is counted when it is asked for makes the run shorter."
            )
        case .gaugeIsTotal:
            (
                "A counter never comes back, so nothing can be concluded from what it holds.",
                "Write `unit: total` if it is a counter, `unit: count` if it counts what is held now."
            )
        case .gaugeOfSeveralProcesses:
            (
                "Each reading comes from one of several processes: leaks in the others stay unseen.",
                "Let the probe sum all of them: `instance:`, a list of addresses, or `instances:`."
            )
        case .gaugeMovesByItself:
            (
                "What other clients do hides what the drops leave.",
                "Test a server that nobody else uses, or make more drops."
            )
        default:
            (
                "Gauges are proven with a few streams before the load; with fewer of them less is proven.",
                "Look at what the server answered to the others; is there a limit of streams?"
            )
        }
    }
}
