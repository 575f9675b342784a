import Record
import Vocabulary

/// What earlier cycles left behind and a server's inactivity timer may yet clean up, in the midst of a later cycle.
///
/// Such a fall would count for the later cycle, or would hide what that one leaves; so it is waited for between cycles.
/// A gauge that has not fallen by then is not waited for again.
struct Leftovers {
    /// A rise of a gauge.
    private struct Rise {
        let gauge: String
        let start: Double
        let end: Double
    }

    /// The server's inactivity timeout, in seconds; nil where it is not known, and nothing is waited for.
    private let inactivity: Double?
    /// How much later than its timeout a server may clean up, in seconds.
    private let margin: Double
    private let gauges: Set<String>
    private var rises: [Rise] = []
    private var lasting: Set<String> = []

    /// Nothing yet.
    ///
    /// - Parameter gauges: the series names of the gauges that are looked at.
    init(inactivity: Nanoseconds?, margin: Nanoseconds, gauges: Set<String>) {
        self.inactivity = inactivity?.inSeconds
        self.margin = margin.inSeconds
        self.gauges = gauges
    }

    /// Notes what gauges gained between two moments, in seconds.
    mutating func note(_ changes: [String: Double], from start: Double, to end: Double) {
        guard inactivity != nil else { return }
        for (gauge, change) in changes where change > 0 && gauges.contains(gauge) && !lasting.contains(gauge) {
            rises.append(Rise(gauge: gauge, start: start, end: end))
        }
    }

    /// The moment to wait for, where anything may fall before another; in seconds.
    ///
    /// - Parameter moment: when the next cycle will have ended.
    func wait(before moment: Double) -> Double? {
        guard let inactivity, let first = rises.map(\.start).min(), first + inactivity <= moment,
            let last = rises.map(\.end).max()
        else { return nil }
        return last + inactivity + margin
    }

    /// Notes that everything that could fall has fallen, and what gauges showed before and after.
    mutating func waited(before: [String: Double], after: [String: Double]) {
        for gauge in Set(rises.map(\.gauge)) {
            if let high = before[gauge], let low = after[gauge], low >= high { lasting.insert(gauge) }
        }
        rises = []
    }
}
