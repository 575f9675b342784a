/// Reads metrics: the text format of Prometheus 0.0.4 and OpenMetrics 1.0 (exposition formats; OpenMetrics, "ABNF").
///
/// The two differ in what ends the text and in exemplars; white space is taken as the older format allows it.
struct MetricsParser {
    /// Bytes of one line.
    static let lineLimit = 64 << 10
    /// Lines of a text.
    static let lineCountLimit = 1 << 20
    /// Labels of a sample.
    static let labelLimit = 256

    /// The metrics whose samples only grow, by the name that the samples carry.
    private(set) var counters: Set<String> = []
    private let format: MetricsFormat

    private init(_ format: MetricsFormat) { self.format = format }

    /// Calls a body for every sample of a text.
    ///
    /// - Parameter isWanted: whether a metric's samples are wanted; others are only passed over.
    /// - Returns: the names among them that are declared as counters.
    /// - Throws: ``MetricsError`` where the text is no metrics.
    static func parse(
        _ text: [UInt8],
        format: MetricsFormat,
        isWanted: (String) -> Bool = { _ in true },
        _ body: (MetricsSample) -> Void
    ) throws(MetricsError) -> Set<String> {
        var parser = MetricsParser(format)
        var count = 0
        var hasEnded = false
        var start = 0
        while start < text.count {
            let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
            count += 1
            guard end - start <= lineLimit else { throw .lineLimit }
            guard count <= lineCountLimit else { throw .lineCountLimit }
            guard !hasEnded else { throw .syntax }
            hasEnded = try parser.line(text[start..<end], isWanted, body)
            start = end + 1
        }
        guard hasEnded || format == .prometheus else { throw .cutOff }
        return parser.counters
    }

    /// Reads one line.
    ///
    /// - Returns: whether it is the last of OpenMetrics.
    private mutating func line(
        _ bytes: ArraySlice<UInt8>,
        _ isWanted: (String) -> Bool,
        _ body: (MetricsSample) -> Void
    ) throws(MetricsError) -> Bool {
        var line = MetricsLine(bytes)
        line.skipSpaces()
        if line.isAtEnd { return false }
        if line.take(UInt8(ascii: "#")) { return comment(&line) }
        guard let name = line.name(colons: true) else { throw .syntax }
        guard isWanted(name) else { return false }
        let labels = try line.labels(limit: Self.labelLimit)
        guard let value = line.word().flatMap(MetricsNumber.read) else { throw .syntax }
        if let moment = line.word(), format != .openMetrics || moment.first != UInt8(ascii: "#") {
            guard MetricsNumber.read(moment) != nil else { throw .syntax }
            // What follows a moment is an exemplar, or nothing.
            if let more = line.word(), format != .openMetrics || more != [UInt8(ascii: "#")][...] { throw .syntax }
        }
        body(MetricsSample(name: name, labels: labels, value: value))
        return false
    }

    private mutating func comment(_ line: inout MetricsLine) -> Bool {
        let isApart = line.skipSpaces()
        guard let word = line.word(), isApart else { return false }
        if word.elementsEqual("EOF".utf8) { return format == .openMetrics }
        guard word.elementsEqual("TYPE".utf8) else { return false }
        line.skipSpaces()
        guard let name = line.name(colons: true), let type = line.word() else { return false }
        let endings: [String] =
            switch String(decoding: type, as: UTF8.self) {
            case "counter": ["", "_total"]
            case "histogram", "summary": ["_count", "_sum", "_bucket"]
            default: []
            }
        for ending in endings { counters.insert(name + ending) }
        return false
    }
}

/// The rest of a line of metrics, taken apart from its start.
struct MetricsLine {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    /// A line without its end.
    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    private var next: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

    /// Whether nothing is left.
    var isAtEnd: Bool { next == nil }

    /// Passes over spaces, tabs and the carriage return before a line's end.
    ///
    /// - Returns: whether there was any.
    @discardableResult
    mutating func skipSpaces() -> Bool {
        let start = position
        while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0D { position += 1 }
        return position > start
    }

    /// Takes one byte if it is the next.
    mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    /// Takes a metric's or a label's name; nil where none stands.
    mutating func name(colons: Bool) -> String? {
        let start = position
        while let byte = next, isNamePart(byte, isFirst: position == start, colons: colons) { position += 1 }
        return start == position ? nil : String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private func isNamePart(_ byte: UInt8, isFirst: Bool, colons: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): !isFirst
        default: colons && byte == UInt8(ascii: ":")
        }
    }

    /// Takes what stands up to the next space; nil at the line's end.
    mutating func word() -> ArraySlice<UInt8>? {
        skipSpaces()
        let start = position
        while let byte = next, byte != 0x20, byte != 0x09, byte != 0x0D { position += 1 }
        return start == position ? nil : bytes[start..<position]
    }

    /// Takes the labels in braces; none where there are no braces.
    ///
    /// - Throws: ``MetricsError`` where they break off, one is there twice, or there are too many.
    mutating func labels(limit: Int) throws(MetricsError) -> [String: String] {
        skipSpaces()
        guard take(UInt8(ascii: "{")) else { return [:] }
        var labels: [String: String] = [:]
        while true {
            skipSpaces()
            if take(UInt8(ascii: "}")) { return labels }
            guard let name = name(colons: false) else { throw .syntax }
            skipSpaces()
            guard take(UInt8(ascii: "=")) else { throw .syntax }
            skipSpaces()
            guard let value = quoted(), labels.updateValue(value, forKey: name) == nil else { throw .syntax }
            guard labels.count <= limit else { throw .labelLimit }
            skipSpaces()
            if !take(UInt8(ascii: ",")), next != UInt8(ascii: "}") { throw .syntax }
        }
    }

    /// A label's value, in which `\\`, `\"` and `\n` stand for backslash, quote and line feed.
    private mutating func quoted() -> String? {
        guard take(UInt8(ascii: "\"")) else { return nil }
        var content: [UInt8] = []
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: content, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let escaped = next else { return nil }
                position += 1
                switch escaped {
                case UInt8(ascii: "n"): content.append(0x0A)
                case UInt8(ascii: "\\"), UInt8(ascii: "\""): content.append(escaped)
                // The older format says nothing of other escapes; its readers keep them as they are.
                default: content += [byte, escaped]
                }
            default: content.append(byte)
            }
        }
        return nil
    }
}

/// Numbers as metrics write them: Go's `ParseFloat`, as far as both formats use it.
enum MetricsNumber {
    /// Reads a number: `12`, `1.5e3`, `+Inf`, `NaN`; nil where the bytes are none.
    static func read(_ bytes: ArraySlice<UInt8>) -> Double? {
        let text = String(decoding: bytes, as: UTF8.self)
        switch text.lowercased() {
        case "nan": return .nan
        case "inf", "+inf", "infinity", "+infinity": return .infinity
        case "-inf", "-infinity": return -.infinity
        default: break
        }
        guard !bytes.isEmpty, bytes.allSatisfy(isPart) else { return nil }
        return Double(text)
    }

    /// Swift would also read hexadecimal numbers and words.
    private static func isPart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "+-.eE".utf8.contains(byte)
        }
    }
}

/// One sample among metrics.
struct MetricsSample: Equatable {
    /// The name, as the sample carries it.
    var name: String
    /// The labels.
    var labels: [String: String]
    /// The value; may be infinite or not a number.
    var value: Double
}

/// The formats that metrics come in.
enum MetricsFormat: Equatable, Sendable {
    /// The text format of Prometheus, version 0.0.4.
    case prometheus
    /// OpenMetrics 1.0.
    case openMetrics

    /// What is asked for: OpenMetrics rather than the older format.
    static let accept = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1"

    /// The format of an answer, by its content type; whatever is not called OpenMetrics is read as the older format.
    init(contentType: String?) {
        let type = contentType?.prefix { $0 != ";" && $0 != " " }.lowercased()
        self = type == "application/openmetrics-text" ? .openMetrics : .prometheus
    }
}

/// Why a text is no metrics.
struct MetricsError: Error, Equatable {
    /// The name that it is counted under.
    let name: String

    /// A line is none that the format has.
    static let syntax = MetricsError(name: GapName.notMetrics)
    /// OpenMetrics without its last line: the text was cut off.
    static let cutOff = MetricsError(name: GapName.metricsCutOff)
    /// A line is longer than ``MetricsParser/lineLimit``.
    static let lineLimit = MetricsError(name: "LIMIT_METRICS_LINE_BYTES")
    /// There are more lines than ``MetricsParser/lineCountLimit``.
    static let lineCountLimit = MetricsError(name: "LIMIT_METRICS_LINES")
    /// A sample has more labels than ``MetricsParser/labelLimit``.
    static let labelLimit = MetricsError(name: "LIMIT_METRICS_LABELS")
}
