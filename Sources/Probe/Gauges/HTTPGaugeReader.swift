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

    /// A reader of one document.
    ///
    /// - Parameters:
    ///   - url: where the document is.
    ///   - gauges: the gauges' names and pointers.
    ///   - client: the client to ask with, used by nobody else.
    ///   - timeout: ns for one reading; see ``Sampler/timeout(forPeriod:)``.
    /// - Throws: ``InvalidPointer`` for the first pointer that is none.
    public init(
        probe: String,
        url: TargetURL,
        gauges: [ProbeOptions.HTTPGauge],
        client: HTTPClient = HTTPClient(),
        timeout: Nanoseconds
    ) throws(InvalidPointer) {
        pointers = try Self.pointers(of: gauges)
        self.probe = probe
        self.gauges = gauges.map { GaugeDescription(name: $0.name, unit: $0.unit) }
        self.url = url
        self.client = client
        self.timeout = timeout
    }

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
            let document = try document()
            return pointers.map { $0.reading(in: document) }
        } catch {
            return pointers.map { _ in .gap(error.name) }
        }
    }

    private func document() throws(Gap) -> JSONValue {
        let answer: HTTPAnswer
        do {
            answer = try client.exchange(
                url: url,
                headers: [HTTPField("Accept", "application/json")],
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
