import Glibc
import Record
import Vocabulary

extension GeneratorRecord {
    /// The loop lag at the 99th percentile past which latencies are not to be trusted, in ns.
    static let saturatedLag: Nanoseconds = 20 * .perMillisecond
    /// The share of late arrivals past which latencies are not to be trusted.
    static let saturatedLateShare = 0.01

    /// What this process took from the machine, and whether it kept up.
    static func measured(_ load: LoadRecord) -> GeneratorRecord {
        var generator = GeneratorRecord()
        var usage = rusage()
        if getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 {
            generator.cpuSeconds = seconds(usage.ru_utime) + seconds(usage.ru_stime)
            generator.peakResidentBytes = UInt64(usage.ru_maxrss) << 10
        }
        generator.saturation = saturation(of: load)
        return generator
    }

    /// Why a load's latencies are not to be trusted; empty where the generator kept up.
    static func saturation(of load: LoadRecord) -> [String] {
        var reasons: [String] = []
        if let lag = load.loopLag.value(atPercentile: 99), lag > saturatedLag {
            reasons.append("its event loop woke \(DurationText.format(lag)) late at the 99th percentile")
        }
        let lateShare = Double(load.lateArrivals) / Double(max(1, load.connections.attempted))
        if lateShare > saturatedLateShare {
            let percent = NumberText.threeDigits(lateShare * 100)
            reasons.append("\(percent)% of the connections started late")
        }
        if let reconnect = load.reconnect,
            Double(reconnect.late) / Double(max(1, reconnect.attempts)) > saturatedLateShare
        {
            let percent = NumberText.threeDigits(Double(reconnect.late) / Double(reconnect.attempts) * 100)
            reasons.append("\(percent)% of the streams that came back did so late")
        }
        return reasons
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
}
