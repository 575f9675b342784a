import EventLoop
import EventStream
import Record
import RunProfile
import Vocabulary

/// Reads gauges out of a JSON document over HTTP, each by its JSON Pointer (RFC 6901).
///
/// A pointer that leads to an array or an object gives the count of its elements.
public final class HTTPGaugeReader: GaugeReader, @unchecked Sendable {
    /// A gauge's pointer that is none.
    public struct InvalidPointer: Error, Equatable, Sendable {
        /// The gauge.
        public let gauge: String
        /// What stands for its pointer.
        public let pointer: String
    }

    /// The probe's name.
    public let probe: String
    /// The gauges, in the order of the readings.
    public let gauges: [GaugeDescription]

    private let url: TargetURL
    private let pointers: [JSONPointer]
    private let client: HTTPClient
    private let timeout: Nanoseconds
    private let instance: JSONPointer?
    private let known = Locked(KnownInstances())

    /// A reader of one document.
    ///
    /// - Parameters:
    ///   - url: where the document is.
    ///   - gauges: the gauges' names and pointers.
    ///   - client: the client to ask with, used by nobody else.
    ///   - timeout: ns for one reading; see ``Sampler/timeout(forPeriod:)``.
    ///   - instance: what tells apart the processes that answer by turns; nil where one answers.
    /// - Throws: ``InvalidPointer`` for the first pointer that is none.
    public init(
        probe: String,
        url: TargetURL,
        gauges: [ProbeOptions.HTTPGauge],
        client: HTTPClient = HTTPClient(),
        timeout: Nanoseconds,
        instance: String? = nil
    ) throws(InvalidPointer) {
        pointers = try Self.pointers(of: gauges)
        self.probe = probe
        self.gauges = gauges.map { GaugeDescription(name: $0.name, unit: $0.unit) }
        self.url = url
        self.client = client
        self.timeout = timeout
        self.instance = instance.flatMap { JSONPointer($0) }
    }

    /// The processes that were summed; nil where one answers.
    public var instances: Int? { instance == nil ? nil : known.withLock { $0.count } }

    /// The gauges' pointers.
    ///
    /// - Throws: ``InvalidPointer`` for the first that is none.
    static func pointers(of gauges: [ProbeOptions.HTTPGauge]) throws(InvalidPointer) -> [JSONPointer] {
        var pointers: [JSONPointer] = []
        for gauge in gauges {
            guard let pointer = JSONPointer(gauge.pointer) else {
                throw InvalidPointer(gauge: gauge.name, pointer: gauge.pointer)
            }
            pointers.append(pointer)
        }
        return pointers
    }

    /// Fetches the document and reads every gauge; all are gaps where there is no document.
    public func read() -> [GaugeReading] {
        do throws(Gap) {
            if let instance { return try sum(instance) }
            let document = try document()
            return pointers.map { $0.reading(in: document) }
        } catch {
            return pointers.map { _ in .gap(error.name) }
        }
    }

    /// Asks over connections of their own until every process has answered, and sums the last answer of each.
    private func sum(_ instance: JSONPointer) throws(Gap) -> [GaugeReading] {
        let deadline = MonotonicClock.now() + timeout
        var met: Set<String> = []
        for count in 1...KnownInstances.answers {
            let document = try document(fresh: true)
            guard let value = instance.value(in: document), let name = value.text ?? value.number.map({ "\($0)" })
            else {
                throw Gap(GapName.pointerNotFound)
            }
            met.insert(name)
            let readings = pointers.map { $0.reading(in: document) }
            let areAllMet = known.withLock { known in
                known.note(name, readings, at: MonotonicClock.now())
                return known.areMet(by: met)
            }
            // A few more than there are, as another may have been started.
            if areAllMet, count >= met.count + KnownInstances.spare || met.count == 1 && count > KnownInstances.spare {
                break
            }
            if MonotonicClock.now() >= deadline { break }
        }
        return known.withLock { $0.sum }
    }

    private func document(fresh: Bool = false) throws(Gap) -> JSONValue {
        let answer: HTTPAnswer
        do {
            answer = try client.exchange(
                url: url,
                headers: [HTTPField("Accept", "application/json")]
                    + (fresh ? [HTTPField("Connection", "close")] : []),
                timeout: timeout
            ).successful()
        } catch {
            throw Gap(error.name)
        }
        do {
            return try JSONParser.parse(answer.body)
        } catch {
            throw Gap(GapName.notJSON)
        }
    }
}

extension HTTPGaugeReader.InvalidPointer: CustomStringConvertible {
    /// The gauge and its pointer.
    public var description: String { "gauge \"\(gauge)\": \"\(pointer)\" is no JSON Pointer" }
}

/// The processes behind one port, as far as they have answered, with the last readings of each.
struct KnownInstances {
    /// Answers that one reading asks for at most.
    static let answers = 24
    /// Answers that are asked for beyond one a process, to meet new ones.
    static let spare = 1
    /// After how long without an answer a process counts as gone, in ns: what it held went with it.
    static let patience = 10 * Nanoseconds.perSecond
    /// Processes that are told apart.
    static let limit = 256

    private var latest: [String: (readings: [GaugeReading], time: Nanoseconds)] = [:]

    /// How many there are.
    var count: Int { latest.count }

    /// Takes in what one of them answered.
    mutating func note(_ name: String, _ readings: [GaugeReading], at now: Nanoseconds) {
        latest = latest.filter { now < $0.value.time + Self.patience }
        guard latest[name] != nil || latest.count < Self.limit else { return }
        latest[name] = (readings, now)
    }

    /// Whether all of them are among those that were met.
    func areMet(by met: Set<String>) -> Bool { latest.keys.allSatisfy(met.contains) }

    /// Each gauge's sum; a gap where one of them has none, never a smaller sum.
    var sum: [GaugeReading] {
        let all = latest.values.map(\.readings)
        guard let first = all.first else { return [] }
        return first.indices.map { index in
            var sum = 0.0
            for readings in all {
                guard case .value(let value) = readings[index] else { return readings[index] }
                sum += value
            }
            return .value(sum)
        }
    }
}
