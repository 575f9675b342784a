import HTTP
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

/// Text of a server's, made fit to be shown in one line.
enum Shown {
    /// The most characters that are shown.
    static let limit = 160

    /// The text, its control characters escaped, cut to the limit.
    static func text(_ text: String) -> String {
        var shown = ""
        var count = 0
        for scalar in text.unicodeScalars {
            guard count < limit else { return shown + "…" }
            count += 1
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
                shown += scalar.escaped(asASCII: true)
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }

    /// Bytes as text in quotes; malformed ones as U+FFFD.
    static func quote(_ bytes: some Collection<UInt8>) -> String {
        "\"" + text(String(decoding: bytes.prefix(limit * 4), as: UTF8.self)) + "\""
    }

    /// Text in quotes.
    static func quote(_ text: String) -> String { "\"" + Self.text(text) + "\"" }

    /// A field's values, in words.
    static func values(_ values: [String]) -> String {
        values.isEmpty ? "none" : values.map { quote($0) }.joined(separator: ", ")
    }
}
