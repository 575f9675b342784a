import EventLoop
import Load
import Record
import RunProfile
import Vocabulary

/// Ordinary requests before the load, beside it, and after it.
extension ProfileRun {
    /// The longest that stalled connections are watched beyond what their scenario says, in ns.
    static let longestStallLook: Nanoseconds = 60 * .perSecond
    /// The longest that bystanders are watched after the load, in ns.
    static let longestAfter: Nanoseconds = 5 * .perSecond

    /// What holds for the connections of the profile's own load, and not for those of a trial.
    var loadSettings: LoadSettings {
        var settings = LoadSettings(heartbeat: profile.heartbeat, limits: profile.limits)
        let inactivity = min(profile.leak.inactivity ?? 0, Self.longestStallLook)
        settings.stallLook = min(profile.leak.settle, Self.longestStallLook) + inactivity
        return settings
    }

    /// Makes the bystanders of a run; only the profile's own load has any.
    ///
    /// - Throws: ``RunError`` where one cannot be set up.
    func makeBystanders(_ work: RunWork, _ builder: EndpointBuilder) throws(RunError) -> BystanderWatch {
        var bystanders: [LoadBystander] = []
        if work == .load, profile.capacity == nil {
            for options in profile.bystanders { bystanders.append(try builder.bystander(options)) }
        }
        return BystanderWatch(bystanders)
    }

    /// Begins a part of what bystanders see.
    ///
    /// - Throws: ``RunError/machine(_:)`` where the machine gives no loop or no thread.
    func begin(
        _ part: WritableKeyPath<BystanderRecord, BystanderRecord.Part>,
        of bystanders: BystanderWatch,
        beside progress: LoadProgress? = nil
    ) throws(RunError) {
        do {
            try bystanders.begin(part, beside: progress)
        } catch {
            throw .machine("the bystanders cannot start: \(error.advice)")
        }
    }

    /// Looks how bystanders fare once every connection is gone, and the ladder has been climbed: before, they would be
    /// among what the gauges still hold.
    ///
    /// - Throws: ``RunError/machine(_:)`` where the machine gives no loop or no thread.
    func lookAfter(_ bystanders: BystanderWatch) throws(RunError) {
        guard !bystanders.isEmpty else { return }
        if !isOver {
            try begin(\.after, of: bystanders)
            let time = min(max(profile.leak.baseline, 1 * .perSecond), Self.longestAfter)
            wait(until: MonotonicClock.now() + time, saying: "bystanders") { false }
        }
        bystanders.end()
        record.load.bystanders = bystanders.records
    }
}
