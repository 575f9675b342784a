import EventLoop
import HTTP
import Record
import RunProfile
import Vocabulary

/// Reads gauges out of metrics over HTTP, in the text format of Prometheus or OpenMetrics.
///
/// A gauge is the sum of all series that its selector names. One that the metrics declare to be a counter becomes a
/// total once it has been read, whatever the profile says: it only grows, and nothing of it can leak.
public final class PrometheusGaugeReader: IdentifyingGaugeReader, @unchecked Sendable {
    /// The probe's name.
    public let probe: String

    private let descriptions: Locked<[GaugeDescription]>
    private let url: TargetURL
    private let selectors: [MetricSelector]
    private let names: Set<String>
    private let instance: String?
    private let client: HTTPClient
    private let timeout: Nanoseconds

    /// A reader of one address.
    ///
    /// - Parameters:
    ///   - url: where the metrics are.
    ///   - gauges: the gauges' names and series.
    ///   - instance: the label that names the process that a series is of; nil for none.
    ///   - client: the client to ask with, used by nobody else.
    ///   - timeout: ns for one reading; see ``Sampler/timeout(forPeriod:)``.
    public init(
        probe: String,
        url: TargetURL,
        gauges: [ProbeOptions.MetricGauge],
        instance: String? = nil,
        client: HTTPClient = HTTPClient(),
        timeout: Nanoseconds
    ) {
        self.probe = probe
        self.url = url
        self.instance = instance
        selectors = gauges.map(\.selector)
        names = Set(gauges.map(\.selector.name))
        descriptions = Locked(gauges.map { GaugeDescription(name: $0.name, unit: $0.unit) })
        self.client = client
        self.timeout = timeout
    }

    /// The gauges, in the order of the readings; the unit of a counter is known once it has been read.
    public var gauges: [GaugeDescription] { descriptions.withLock { $0 } }

    /// Fetches the metrics and reads every gauge; all are gaps where there are none.
    public func read() -> [GaugeReading] {
        do throws(Gap) {
            return try readings { _ in "" }[""] ?? selectors.map { _ in .gap(GapName.metricNotFound) }
        } catch {
            return selectors.map { _ in .gap(error.name) }
        }
    }

    /// Reads over a fresh connection, so that another process behind the same port may answer.
    public func readAfresh() -> [GaugeReading] {
        client.disconnect()
        defer { client.disconnect() }
        return read()
    }

    /// Reads over a fresh connection, with the sums of each value of the instance's label.
    public func readInstances() -> [(instance: String?, readings: [GaugeReading])] {
        client.disconnect()
        defer { client.disconnect() }
        do throws(Gap) {
            let all = try readings { [instance] labels in instance.flatMap { labels[$0] } ?? "" }
            guard !all.isEmpty else { return [(nil, selectors.map { _ in .gap(GapName.metricNotFound) })] }
            return all.map { (instance: $0.key.isEmpty ? nil : $0.key, readings: $0.value) }
        } catch {
            return [(nil, selectors.map { _ in .gap(error.name) })]
        }
    }

    /// Calls a body while the server holds the connection of a reading.
    public func watchConnections(_ body: (@Sendable (_ local: UInt16, _ remote: UInt16) -> Void)?) {
        client.watch = body
    }

    /// The readings by what a sample's labels tell of its instance; nothing where no sample is wanted.
    private func readings(
        by instance: ([String: String]) -> String
    ) throws(Gap) -> [String: [GaugeReading]] {
        let answer: HTTPAnswer
        do {
            let accept = HTTPField("Accept", MetricsFormat.accept)
            answer = try client.exchange(url: url, headers: [accept], timeout: timeout).successful()
        } catch {
            throw Gap(error.name)
        }
        let format = MetricsFormat(contentType: answer.head.value(of: "content-type"))
        let none = [Double?](repeating: nil, count: selectors.count)
        var sums: [String: [Double?]] = [:]
        let counters: Set<String>
        do {
            counters = try MetricsParser.parse(answer.body, format: format, isWanted: names.contains) { sample in
                for (index, selector) in selectors.enumerated()
                where selector.name == sample.name && selector.matches(sample.labels) {
                    let name = instance(sample.labels)
                    sums[name, default: none][index] = (sums[name]?[index] ?? 0) + sample.value
                }
            }
        } catch {
            throw Gap(error.name)
        }
        note(counters)
        return sums.mapValues { sums in
            sums.map { sum in
                guard let sum else { return .gap(GapName.metricNotFound) }
                return sum.isFinite ? .value(sum) : .gap(GapName.notANumber)
            }
        }
    }

    private func note(_ counters: Set<String>) {
        descriptions.withLock { descriptions in
            for (index, selector) in selectors.enumerated() where counters.contains(selector.name) {
                descriptions[index].unit = .total
            }
        }
    }
}
