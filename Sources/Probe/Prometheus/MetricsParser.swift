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
