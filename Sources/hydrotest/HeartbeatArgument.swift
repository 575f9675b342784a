import ArgumentParser
import Vocabulary

/// A heartbeat's period on the command line: a duration, or `off`.
enum HeartbeatArgument: ExpressibleByArgument, CustomStringConvertible {
    /// No heartbeat.
    case off
    /// One in each period, in ns.
    case every(Nanoseconds)

    init?(argument: String) {
        if argument == "off" {
            self = .off
        } else if let period = DurationText.parse(argument), period > 0 {
            self = .every(period)
        } else {
            return nil
        }
    }

    /// The period, in ns; nil for none.
    var period: Nanoseconds? {
        if case .every(let period) = self { period } else { nil }
    }

    /// The argument as it is written.
    var description: String {
        switch self {
        case .off: "off"
        case .every(let period): DurationText.format(period).filter { $0 != " " }
        }
    }
}
