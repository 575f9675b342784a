import EventLoop
import HTTP
import Record
import RunProfile
import Vocabulary

/// Reads gauges out of a JSON document over HTTP, each by its JSON Pointer (RFC 6901).
///
/// A pointer that leads to an array or an object gives the count of its elements.
public final class HTTPGaugeReader: IdentifyingGaugeReader, @unchecked Sendable {
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
    private let instance: JSONPointer?
    private let client: HTTPClient
    private let timeout: Nanoseconds
    private let latest = Locked<AnswerIdentity?>(nil)

    /// A reader of one document.
    ///
    /// - Parameters:
    ///   - url: where the document is.
    ///   - gauges: the gauges' names and pointers.
    ///   - instance: where the answer names the process that gave it; nil for nowhere.
    ///   - client: the client to ask with, used by nobody else.
    ///   - timeout: ns for one reading; see ``Sampler/timeout(forPeriod:)``.
    /// - Throws: ``InvalidPointer`` for the first pointer that is none.
    public init(
        probe: String,
        url: TargetURL,
        gauges: [ProbeOptions.HTTPGauge],
        instance: String? = nil,
        client: HTTPClient = HTTPClient(),
        timeout: Nanoseconds
    ) throws(InvalidPointer) {
        pointers = try Self.pointers(of: gauges)
        if let instance {
            guard let pointer = JSONPointer(instance) else {
                throw InvalidPointer(gauge: "instance", pointer: instance)
            }
            self.instance = pointer
        } else {
            self.instance = nil
        }
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

    /// Who gave the latest answer, as far as it has the look of telling; nil where it has not, or there was none.
    ///
    /// May be asked for from any thread.
    public var identity: AnswerIdentity? { latest.withLock { $0 } }

    /// Fetches the document and reads every gauge; all are gaps where there is no document.
    public func read() -> [GaugeReading] { readNamed().readings }

    /// Reads over a fresh connection, so that another process behind the same port may answer.
    public func readAfresh() -> [GaugeReading] {
        client.disconnect()
        defer { client.disconnect() }
        return read()
    }

    /// Reads over a fresh connection, with what stands where the instance is named.
    public func readInstances() -> [(instance: String?, readings: [GaugeReading])] {
        client.disconnect()
        defer { client.disconnect() }
        return [readNamed()]
    }

    /// Calls a body while the server holds the connection of a reading.
    public func watchConnections(_ body: (@Sendable (_ local: UInt16, _ remote: UInt16) -> Void)?) {
        client.watch = body
    }

    private func readNamed() -> (instance: String?, readings: [GaugeReading]) {
        do throws(Gap) {
            let document = try document()
            let name = instance?.value(in: document)?.identity
            return (name, pointers.map { $0.reading(in: document) })
        } catch {
            return (nil, pointers.map { _ in .gap(error.name) })
        }
    }

    private func document() throws(Gap) -> JSONValue {
        latest.withLock { $0 = nil }
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
            let document = try JSONParser.parse(answer.body)
            latest.withLock { $0 = AnswerIdentity.find(in: document, answer.head) }
            return document
        } catch {
            throw Gap(GapName.notJSON)
        }
    }
}

extension HTTPGaugeReader.InvalidPointer: CustomStringConvertible {
    /// The gauge and its pointer.
    public var description: String { "gauge \"\(gauge)\": \"\(pointer)\" is no JSON Pointer" }
}
