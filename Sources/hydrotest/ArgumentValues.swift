import ArgumentParser
import RunProfile
import Vocabulary

/// A duration on the command line: `250ms`, `2s`, `5m`.
struct DurationArgument: ExpressibleByArgument, CustomStringConvertible {
    /// The duration, in ns.
    let nanoseconds: Nanoseconds

    /// A duration of so many ns.
    init(nanoseconds: Nanoseconds) { self.nanoseconds = nanoseconds }

    init?(argument: String) {
        guard let nanoseconds = DurationText.parse(argument) else { return nil }
        self.nanoseconds = nanoseconds
    }

    /// The duration as it is written.
    var description: String { DurationText.format(nanoseconds).filter { $0 != " " } }
}

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

/// A rate on the command line: `50/s`, `30/m`, `2/ms`.
struct RateArgument: ExpressibleByArgument {
    /// How many there are per second.
    let perSecond: Double

    init?(argument: String) {
        let parts = argument.split(separator: "/", omittingEmptySubsequences: false)
        let units: [Substring: Double] = ["ms": 1_000, "s": 1, "m": 1 / 60, "h": 1 / 3_600]
        guard parts.count == 2, let number = Double(parts[0]), number.isFinite, let unit = units[parts[1]] else {
            return nil
        }
        perSecond = number * unit
    }
}

/// A share on the command line, in percent from 0% to 100%: `0.01%`.
struct ShareArgument: ExpressibleByArgument {
    /// The share, from 0 to 1.
    let share: Double

    init?(argument: String) {
        guard argument.hasSuffix("%"), let percent = Double(argument.dropLast()), (0...100).contains(percent) else {
            return nil
        }
        share = percent / 100
    }
}

/// Faults on the command line: `timer-leak,no-heartbeat`.
struct FaultArgument {
    /// The faults.
    let faults: [Fault]

    /// No fault.
    static let none = FaultArgument([])

    private init(_ faults: [Fault]) { self.faults = faults }

    /// Reads the names.
    ///
    /// - Throws: a `ValidationError` for a name that is none, with the nearest that is one.
    init(_ argument: String) throws {
        faults = try argument.split(separator: ",", omittingEmptySubsequences: false).map { name in
            if let fault = Fault(rawValue: String(name)) { return fault }
            let nearest = NearestName.find(String(name), among: Fault.allCases.map(\.rawValue))
            let hint = nearest.map { "did you mean \"\($0)\"? " } ?? ""
            throw ValidationError("\"\(name)\" is no fault; \(hint)see hydrotest serve --list-faults")
        }
    }
}
