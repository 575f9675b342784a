import Verdict

extension FindingAdvice {
    /// The run itself: its climb, its probes and commands, the generator.
    static func run(_ kind: FindingKind) -> (String, String) {
        switch kind {
        case .capacity:
            (
                "This is how many streams the server carries within the thresholds on this machine.",
                "Look at Capacity for what broke first, and at the gauges of that moment: processor, descriptors, "
                    + "memory."
            )
        case .capacityPublishFailed:
            (
                "Event latencies of the climb rest on fewer messages.",
                "Look at the errors' names, and at the server's log for the publishing endpoint."
            )
        case .thresholdsNotJudged:
            (
                "A matrix or race holds no streams, so these thresholds mean nothing here.",
                "Judge them with `hydrotest run`."
            )
        case .publishFailed:
            (
                "Leaks that last until a broadcast cannot be told from permanent ones.",
                "Look at `leak.publish` in the profile: address, method, credentials, the status it expects."
            )
        case .probeFailed:
            (
                "What was not read is a gap, and no verdict rests on it.",
                "Look whether the probed endpoint answers under load; a longer `timeout` or a slower `every` may "
                    + "help."
            )
        case .hookFailed:
            (
                "What the command was to bring about did not happen, so the run may show something else than was "
                    + "meant.",
                "Run the command by hand, from the profile's folder."
            )
        case .generatorSaturated:
            (
                "The generator was too slow itself: latencies include its own delay, so do not blame the server "
                    + "for them.",
                "Lower the rate, or take a machine with more processors; `hydrotest doctor` tells the machine's "
                    + "limits."
            )
        case .lateArrivals:
            (
                "Connections began later than planned, by the generator's own fault. Latencies count from the "
                    + "planned moment.",
                "Lower the rate where there were many."
            )
        case .workerDied:
            (
                "The load ended early, and leaks were not looked for.",
                "Look at the reason; if it is not a limit of the machine, please report it with this file."
            )
        case .interrupted:
            (
                "The figures cover only a part of the run; leaks may not have been looked for.",
                "Run it again to the end."
            )
        case .recovered:
            (
                "The run died before its report; this one was made from its journal.",
                "Look for why it died: the kernel's log for an out-of-memory kill, the CI's time limit."
            )
        case .findingsLeftOut:
            (
                "There were more findings than a report holds; the weightiest are shown.",
                "Mend these first, and run again."
            )
        default: preconditionFailure("\(kind) has its words elsewhere")
        }
    }
}
