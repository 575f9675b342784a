import Verdict
import Vocabulary

/// What a finding means to somebody who has never seen this tool.
package struct FindingAdvice: Equatable, Sendable {
    /// Why it matters, in a sentence or two.
    package let matters: String
    /// What to look at or to do next, in a sentence or two.
    package let look: String

    /// The advice on a finding of a document; nil where the finding is of a kind that this version does not know.
    init?(_ finding: Finding, in document: ReportDocument) {
        guard let kind = finding.kind else { return nil }
        let general = Self.of(kind)
        switch kind {
        case .leak:
            // Reports of older versions tell the gauge in the title only.
            let leaks = document.leaks.filter { leak in
                finding.gauge.map { $0 == "\(leak.probe).\(leak.gauge)" } ?? finding.title.hasPrefix("\(leak.gauge): ")
            }
            self.init(
                matters: leaks.first.map { LeakAdvice.matters($0.class) } ?? general.matters,
                look: leaks.isEmpty ? general.look : LeakAdvice.look(leaks)
            )
        case .raceWindow:
            let look = document.race?.stage.map { LeakAdvice.place($0, document.race?.manner) + " " + general.look }
            self.init(matters: general.matters, look: look ?? general.look)
        default: self = general
        }
    }

    /// An advice from its parts.
    init(matters: String, look: String) {
        self.matters = matters
        self.look = look
    }
}

extension FindingAdvice {
    /// The advice on a kind of finding, whatever the run.
    package static func of(_ kind: FindingKind) -> FindingAdvice {
        let words = words(kind)
        return FindingAdvice(matters: words.0, look: words.1)
    }

    /// Why it matters, and what to look at; a kind without words does not compile.
    private static func words(_ kind: FindingKind) -> (String, String) {
        switch kind {
        case .leak, .leakNotAttributed, .raceWindow, .raceNotFound, .gaugeGrows, .memoryGrows, .keptMemory,
            .leaksPolitely, .gaugeUnreadable, .gaugeJumpedBack, .slowReadersUnbounded, .slowReadersDropped,
            .slowReadersHarmOthers:
            held(kind)
        case .retained, .leaksNotWatched, .gaugeBlind, .gaugeLags, .gaugeIsTotal, .gaugeOfSeveralProcesses,
            .gaugeMovesByItself, .calibrationShort:
            gauges(kind)
        case .serverDied, .stoppedServing, .serverStalled, .nothingEstablished, .mostConnectionsFailed, .errors,
            .limitHit, .streamsEnded, .streamsCutAtAge, .streamsRecycled, .streamsEndedTogether, .quietStreamsEnded,
            .endedWithoutMarker,
            .streamsCancelled, .serverClockUnread, .serverRestarted:
            streams(kind)
        case .streamsHarmOthers, .bystanderUnmeasured, .noHandshakeTimeout: others(kind)
        case .heartbeatAbsent, .heartbeatMissed, .heartbeatUnmeasured, .heartbeatExcused, .heartbeatStops,
            .heartbeatDrift, .heartbeatUnderLoad, .heartbeatAmongEvents, .heartbeatHerd, .heartbeatDiscovered,
            .proxiesWouldCut:
            heartbeats(kind)
        case .publishFailures, .nothingDelivered, .eventsLost, .eventsDuplicated, .eventsOutOfOrder, .lostOnResume,
            .duplicateOnResume, .resumeUnsupported, .reconnectIncomplete, .reconnectStorm, .retryStorm,
            .lastEventIDUnsent:
            messages(kind)
        case .capacity, .capacityPublishFailed, .thresholdsNotJudged, .publishFailed, .probeFailed, .hookFailed,
            .generatorSaturated, .lateArrivals, .workerDied, .interrupted, .recovered, .findingsLeftOut:
            run(kind)
        }
    }
}

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

/// What a reader should do first; in one or two sentences.
struct NextStep {
    /// The step.
    let text: String

    /// The step that a failed run asks for; nil where it passed, or nothing is known.
    init?(_ document: ReportDocument) {
        guard document.verdict == .fail else { return nil }
        if let finding = document.findings.first(where: { $0.severity == .failure }) {
            guard let advice = FindingAdvice(finding, in: document) else { return nil }
            text = advice.look.replacing("`", with: "")
        } else {
            text = "Look at Thresholds for what was measured, and at the plots for when it left its bounds."
        }
    }
}

extension ReportDocument {
    /// What was seen of a finding, and of a failure what to do about it, a sentence each.
    func sentences(_ finding: Finding) -> [String] {
        let seen = Array(finding.evidence.prefix(ReportLimits.evidence))
        guard finding.severity == .failure, let advice = FindingAdvice(finding, in: self) else { return seen }
        return seen + [advice.look.replacing("`", with: "")]
    }
}
