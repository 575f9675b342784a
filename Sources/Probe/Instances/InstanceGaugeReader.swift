import EventLoop
import Synchronization
import Vocabulary

/// Reads the gauges of all processes that share one address, and adds them up.
///
/// Each reading asks over fresh connections, so that others may answer, until every instance that is known has answered
/// or the tries are used up; see ``InstanceLedger`` for what becomes of one that did not.
public final class InstanceGaugeReader: GaugeReader, @unchecked Sendable {
    /// Fresh connections that look for the instances that there are, in the first reading as far as its time allows.
    public static let firstTries = 32
    /// Fresh connections of a later reading for each instance that is known, at most.
    public static let triesPerInstance = 8
    /// Fresh connections of one reading, at most.
    public static let triesLimit = 256

    private let source: any InstanceSource
    private let timeout: Nanoseconds
    private var ledger: InstanceLedger
    /// Connections of ``firstTries`` that are still to be made.
    private var triesToFind = InstanceGaugeReader.firstTries
    private let count = Atomic<Int>(0)

    /// A reader of a source.
    ///
    /// - Parameter timeout: ns for one reading, with all its connections.
    init(_ source: any InstanceSource, timeout: Nanoseconds) {
        self.source = source
        self.timeout = timeout
        ledger = InstanceLedger(gauges: source.gauges.count)
    }

    /// Reads instances that name themselves in their answers.
    ///
    /// - Parameters:
    ///   - reader: what asks and finds the identity; used by nobody else.
    ///   - timeout: ns for one reading, with all its connections.
    public convenience init(_ reader: any IdentifyingGaugeReader, timeout: Nanoseconds) {
        self.init(NamedInstances(reader), timeout: timeout)
    }

    /// Reads instances that the kernel tells apart, by who holds the accepted socket of each connection.
    ///
    /// - Parameters:
    ///   - reader: what asks; used by nobody else.
    ///   - processes: whose sockets are looked for.
    ///   - timeout: ns for one reading, with all its connections.
    public convenience init(
        _ reader: any IdentifyingGaugeReader,
        among processes: InstanceProcesses,
        timeout: Nanoseconds
    ) {
        self.init(KernelInstances(reader, among: processes), timeout: timeout)
    }

    /// The probe's name.
    public var probe: String { source.probe }
    /// The gauges, in the order of the readings.
    public var gauges: [GaugeDescription] { source.gauges }
    /// The instances whose readings are added up.
    public var instances: Int? { count.load(ordering: .relaxed) }

    /// Asks until every known instance has answered, and adds up the last reading of each.
    public func read() -> [GaugeReading] {
        let start = MonotonicClock.now()
        for instance in ledger.instances where source.isGone(instance) { ledger.forget(instance) }
        var tries = 0
        var serving: Set<String> = []
        do throws(Gap) {
            serving = try source.begin()
            while triesToFind > 0 || tries < limit(since: start, serving), MonotonicClock.now() - start < timeout {
                tries += 1
                triesToFind = max(0, triesToFind - 1)
                for answer in try source.ask() {
                    guard ledger.note(answer.instance, answer.readings, at: MonotonicClock.now()) else {
                        throw Gap(GapName.tooManyInstances)
                    }
                }
            }
        } catch {
            return gauges.map { _ in .gap(error.name) }
        }
        defer { count.store(ledger.instances.count, ordering: .relaxed) }
        guard serving.isSubset(of: ledger.instances) else { return gauges.map { _ in .gap(GapName.instanceUnseen) } }
        return ledger.sums(at: MonotonicClock.now())
    }

    /// Connections that this reading may make, as far as it is known by now.
    private func limit(since start: Nanoseconds, _ serving: Set<String>) -> Int {
        let known = ledger.instances.count
        // One more than there are known, so that one that is new is met.
        let awaited = ledger.unseen(since: start).union(serving.subtracting(ledger.instances))
        guard !awaited.isEmpty else { return known + 1 }
        return min(Self.triesLimit, Self.triesPerInstance * (known + 1))
    }
}

/// Asks one address over a fresh connection, and tells who answered.
protocol InstanceSource: AnyObject {
    /// The probe's name.
    var probe: String { get }
    /// The gauges, in the order of the readings.
    var gauges: [GaugeDescription] { get }
    /// Begins a reading.
    ///
    /// - Returns: the instances that are known to serve, so that they must answer.
    func begin() throws(Gap) -> Set<String>
    /// Asks once.
    func ask() throws(Gap) -> [(instance: String, readings: [GaugeReading])]
    /// Whether an instance's process is known to have ended.
    func isGone(_ instance: String) -> Bool
}

/// A reader over HTTP that can ask over a fresh connection, and tell who answered.
public protocol IdentifyingGaugeReader: GaugeReader {
    /// Who gave the latest answer; nil where it does not say.
    var identity: AnswerIdentity? { get }

    /// Takes one reading over a fresh connection, so that another process behind the same port may answer.
    func readAfresh() -> [GaugeReading]

    /// Takes one reading over a fresh connection, and groups it by who answered.
    ///
    /// - Returns: the readings with each instance's name; the name is nil where the answer has none.
    func readInstances() -> [(instance: String?, readings: [GaugeReading])]

    /// Calls a body while the server holds the connection of an exchange, before the answer and after it; nil for nobody.
    ///
    /// The body is given the ports of the connection, this end's first.
    func watchConnections(_ body: (@Sendable (_ local: UInt16, _ remote: UInt16) -> Void)?)
}

/// Instances that name themselves.
final class NamedInstances: InstanceSource {
    private let reader: any IdentifyingGaugeReader

    init(_ reader: any IdentifyingGaugeReader) { self.reader = reader }

    var probe: String { reader.probe }
    var gauges: [GaugeDescription] { reader.gauges }

    func begin() -> Set<String> { [] }

    func ask() throws(Gap) -> [(instance: String, readings: [GaugeReading])] {
        var named: [(instance: String, readings: [GaugeReading])] = []
        for (instance, readings) in reader.readInstances() {
            guard let instance else {
                // Where there was no answer, its own gap tells more.
                if case .gap(let name) = readings.first, readings.allSatisfy({ $0 == .gap(name) }) { throw Gap(name) }
                throw Gap(GapName.instanceNotFound)
            }
            named.append((instance, readings))
        }
        guard !named.isEmpty else { throw Gap(GapName.instanceNotFound) }
        return named
    }

    /// A name need be no number of a process of this machine: one that is gone is noticed by its silence.
    func isGone(_ instance: String) -> Bool { false }
}

extension IdentifyingGaugeReader {
    /// Nobody says who it is.
    public var identity: AnswerIdentity? { nil }
}

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
        entries = entries.filter { $0.value.othersSince < limit || now < $0.value.time.saturatingAdding(Self.keptFor) }
        guard !entries.isEmpty else { return gaps(GapName.instanceNotFound) }
        guard entries.values.allSatisfy({ now <= $0.time.saturatingAdding(Self.keptFor) }) else {
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

/// Reads the gauges of several addresses, one for each instance, and adds them up.
///
/// A gauge is a gap where one of the instances cannot be read: never a smaller sum.
public final class SummedGaugeReader: GaugeReader, @unchecked Sendable {
    private let readers: [any GaugeReader]

    /// A reader of at least one, all with the same gauges.
    public init(_ readers: [any GaugeReader]) {
        precondition(!readers.isEmpty)
        self.readers = readers
    }

    /// The probe's name.
    public var probe: String { readers[0].probe }

    /// The instances whose readings are added up.
    public var instances: Int? { readers.count }

    /// The gauges, in the order of the readings; a total of one instance is one of all.
    public var gauges: [GaugeDescription] {
        let all = readers.map(\.gauges)
        return all[0].indices.map { index in
            all.lazy.map { $0[index] }.first { $0.unit == .total } ?? all[0][index]
        }
    }

    /// Reads one instance after the other and adds up.
    public func read() -> [GaugeReading] {
        GaugeReading.sums(of: readers.map { $0.read() }, count: readers[0].gauges.count)
    }
}
