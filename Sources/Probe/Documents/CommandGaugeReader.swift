import EventLoop
import RunProfile
import Vocabulary

/// Reads gauges out of the JSON document that a command prints, each by its JSON Pointer (RFC 6901).
///
/// The command is started for every reading. One that ends with an exit code other than 0 leaves gaps that carry the
/// last line of its standard error.
public final class CommandGaugeReader: GaugeReader, @unchecked Sendable {
    /// The probe's name.
    public let probe: String
    /// The gauges, in the order of the readings.
    public let gauges: [GaugeDescription]

    private let command: Command
    private let pointers: [JSONPointer]
    private let timeout: Nanoseconds

    /// A reader of one command.
    ///
    /// - Parameters:
    ///   - words: the program and its arguments, at least one word.
    ///   - gauges: the gauges' names and pointers.
    ///   - timeout: ns for one run of the command.
    /// - Throws: ``HTTPGaugeReader/InvalidPointer`` for the first pointer that is none.
    public init(
        probe: String,
        words: [String],
        gauges: [ProbeOptions.HTTPGauge],
        timeout: Nanoseconds
    ) throws(HTTPGaugeReader.InvalidPointer) {
        precondition(!words.isEmpty)
        pointers = try HTTPGaugeReader.pointers(of: gauges)
        self.probe = probe
        self.gauges = gauges.map { GaugeDescription(name: $0.name, unit: $0.unit) }
        command = Command(words: words)
        self.timeout = timeout
    }

    /// Runs the command and reads every gauge; all are gaps where it fails.
    public func read() -> [GaugeReading] {
        do throws(Gap) {
            let document = try document()
            return pointers.map { $0.reading(in: document) }
        } catch {
            return pointers.map { _ in .gap(error.name) }
        }
    }

    private func document() throws(Gap) -> JSONValue {
        let result: CommandResult
        do {
            result = try command.run(timeout: timeout)
        } catch {
            throw Gap(error.name)
        }
        if let name = result.gapName { throw Gap(name) }
        do {
            return try JSONParser.parse(result.output)
        } catch {
            throw Gap(GapName.notJSON)
        }
    }
}
