import Vocabulary

/// The last reading of each instance behind one address, and their sums.
///
/// An instance that did not answer this time counts with its last reading for ``keptFor``, after which the sum is a gap:
/// never a smaller sum. It is forgotten only where its process is known to be gone, whose state is gone with it, or
/// where so many answers came from others since that a living one cannot have been passed over.
struct InstanceLedger: Sendable {
    /// How long a reading counts on without a newer one, in ns.
    static let keptFor: Nanoseconds = 5 * .perSecond
    /// Answers of others, for each instance there is, after which one that gave none is gone.
    ///
    /// Of k that are equally likely, one is passed over as often with a chance of less than exp(-20).
    static let answersUntilGone = 20
    /// Instances behind one address, at most.
    static let instanceLimit = 1_024

    private struct Entry {
        var readings: [GaugeReading]
        var time: Nanoseconds
        /// Answers of others since.
        var othersSince = 0
    }

    private var entries: [String: Entry] = [:]
    private let gauges: Int

    /// A ledger without an instance.
    init(gauges: Int) { self.gauges = gauges }

    /// The instances that are known.
    var instances: Set<String> { Set(entries.keys) }

    /// Takes down what an instance answered.
    ///
    /// - Returns: false where there are too many instances to know one more.
    mutating func note(_ instance: String, _ readings: [GaugeReading], at now: Nanoseconds) -> Bool {
        guard entries[instance] != nil || entries.count < Self.instanceLimit else { return false }
        for other in entries.keys where other != instance { entries[other]?.othersSince += 1 }
        entries[instance] = Entry(readings: readings, time: now)
        return true
    }

    /// Forgets an instance whose process is gone, and its state with it.
    mutating func forget(_ instance: String) { entries[instance] = nil }

    /// The instances that gave no answer since a moment.
    func unseen(since moment: Nanoseconds) -> Set<String> {
        Set(entries.filter { $0.value.time < moment }.keys)
    }

    /// The sum of each gauge over all instances.
    mutating func sums(at now: Nanoseconds) -> [GaugeReading] {
        let limit = Self.answersUntilGone * entries.count
        entries = entries.filter { $0.value.othersSince < limit || now < $0.value.time.addingClamped(Self.keptFor) }
        guard !entries.isEmpty else { return gaps(GapName.instanceNotFound) }
        guard entries.values.allSatisfy({ now <= $0.time.addingClamped(Self.keptFor) }) else {
            return gaps(GapName.instanceUnseen)
        }
        return GaugeReading.sums(of: entries.values.map(\.readings), count: gauges)
    }

    private func gaps(_ name: String) -> [GaugeReading] { Array(repeating: .gap(name), count: gauges) }
}

extension GaugeReading {
    /// The sum of each gauge over several readings; a gap where one of them is one, never a smaller sum.
    static func sums(of all: [[GaugeReading]], count: Int) -> [GaugeReading] {
        (0..<count).map { index in
            var sum = 0.0
            for readings in all {
                switch readings[index] {
                case .value(let value): sum += value
                case .gap(let name): return .gap(name)
                }
            }
            return .value(sum)
        }
    }
}

extension Nanoseconds {
    fileprivate func addingClamped(_ other: Nanoseconds) -> Nanoseconds {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
