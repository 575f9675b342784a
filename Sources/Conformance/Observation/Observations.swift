import EventStream
import Vocabulary

/// What all exchanges brought; the cases are judged by this and nothing else.
public struct Observations: Sendable {
    /// What was asked for.
    public let options: CheckOptions
    /// The records by the exchanges' names.
    public let records: [ExchangeName: ExchangeRecord]

    /// Observations from their parts.
    public init(options: CheckOptions, records: [ExchangeName: ExchangeRecord]) {
        self.options = options
        self.records = records
    }

    /// Whether a signal ended an exchange, or kept one from beginning.
    var wereInterrupted: Bool { records.values.contains { $0.end == .interrupted } }

    /// The record of an exchange.
    func record(_ name: ExchangeName) throws(Unjudged) -> ExchangeRecord {
        guard let record = records[name] else { throw .notMeasured("nothing was sent") }
        if case .omitted(let reason) = record.end { throw .notApplicable(reason) }
        guard record.end != .interrupted else { throw .notMeasured("interrupted") }
        return record
    }

    /// The last response of an exchange.
    func response(_ name: ExchangeName) throws(Unjudged) -> Response {
        let record = try record(name)
        guard let response = record.reading.responses.last, record.reading.responses.count == record.methods.count
        else {
            throw .notMeasured("no response to judge: \(record.silence)")
        }
        return response
    }

    /// The response of an exchange, where it is an event stream.
    func streamResponse(_ name: ExchangeName) throws(Unjudged) -> (response: Response, stream: StreamReading) {
        let response = try response(name)
        guard let stream = response.stream else {
            throw .notMeasured("no event stream to judge: \(response.summary)")
        }
        return (response, stream)
    }

    /// The event stream of an exchange.
    func stream(_ name: ExchangeName) throws(Unjudged) -> StreamReading { try streamResponse(name).stream }

    /// Every response of every exchange, in the order of the exchanges.
    var allResponses: [(name: ExchangeName, response: Response)] {
        ExchangeName.allCases.flatMap { name in
            (records[name]?.reading.responses ?? []).map { (name, $0) }
        }
    }
}

extension ExchangeRecord {
    /// What there is in place of a response, in words.
    var silence: String {
        if let error = reading.headError { return error.rawValue }
        return end.words
    }
}

extension Response {
    /// Status and type, in words: `200 text/html`.
    var summary: String {
        "\(head.status) " + (head.contentType.map { Shown.text($0) } ?? "without a Content-Type")
    }
}
