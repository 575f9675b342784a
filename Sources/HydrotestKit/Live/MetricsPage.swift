import RunProfile
import Vocabulary

/// A moment of a run as metrics (OpenMetrics 1.0; Prometheus text format 0.0.4).
struct MetricsPage {
    /// The two forms, which differ in the names of counters and in the last line.
    enum Form: Equatable {
        /// Prometheus' text format.
        case prometheus
        /// OpenMetrics.
        case openMetrics

        /// The form that a request's `Accept` asks for.
        init(accept: String) {
            self = accept.lowercased().contains("application/openmetrics-text") ? .openMetrics : .prometheus
        }

        /// The form's `Content-Type`.
        var contentType: String {
            switch self {
            case .prometheus: "text/plain; version=0.0.4; charset=utf-8"
            case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
            }
        }
    }

    private let form: Form
    private(set) var text = ""

    /// The page of a moment.
    init(_ snapshot: RunSnapshot, form: Form) {
        self.form = form
        gauge("run_info", "The run that is watched.", [(["profile": snapshot.profile, "version": Version.current], 1)])
        gauge("run_elapsed_seconds", "Time since the run's start.", snapshot.elapsed)
        gauge("run_phase", "1 for the phase that goes on.", [(["phase": snapshot.phase], 1)])
        gauge("streams_open", "Streams open at this moment.", Double(snapshot.open))
        gauge("streams_peak", "The most streams open at once.", Double(snapshot.peak))
        let counts = snapshot.counts
        counter("connections_started", "Connections started.", counts.started)
        counter("connections_failed", "Connections that ended in an error.", counts.failed)
        counter("drops", "Deliberate drops.", counts.dropped)
        counter("events", "Events received.", counts.events)
        // promtool wants no "gauge" in a name. A reading that failed is absent, never zero.
        gauge(
            "reading",
            "What a probe has read of the server last.",
            snapshot.gauges.compactMap { gauge in
                gauge.value.map { (["probe": gauge.probe, "gauge": gauge.name, "unit": gauge.unit.rawValue], $0) }
            }
        )
        gauge(
            "threshold_broken",
            "1 where a threshold does not hold at this moment; absent where it is judged at the end.",
            snapshot.thresholds.filter { $0.state != .open }.map {
                (["expression": $0.expression], $0.state == .broken ? 1 : 0)
            }
        )
        if form == .openMetrics { text += "# EOF\n" }
    }

    private mutating func gauge(_ name: String, _ help: String, _ value: Double) { gauge(name, help, [([:], value)]) }

    private mutating func gauge(_ name: String, _ help: String, _ samples: [(labels: [String: String], value: Double)])
    {
        let samples = samples.filter(\.value.isFinite)
        guard !samples.isEmpty else { return }
        begin("hydrotest_\(name)", help, type: "gauge")
        // A profile may say the same threshold twice.
        var written: Set<String> = []
        for sample in samples {
            let labels = Self.labels(sample.labels)
            guard written.insert(labels).inserted else { continue }
            text += "hydrotest_\(name)\(labels) \(sample.value)\n"
        }
    }

    private mutating func counter(_ name: String, _ help: String, _ value: Int) {
        let sample = "hydrotest_\(name)_total"
        begin(form == .openMetrics ? "hydrotest_\(name)" : sample, help, type: "counter")
        text += "\(sample) \(value)\n"
    }

    private mutating func begin(_ name: String, _ help: String, type: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    private static func labels(_ labels: [String: String]) -> String {
        guard !labels.isEmpty else { return "" }
        let pairs = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\(escape($0.value))\"" }
        return "{\(pairs.joined(separator: ","))}"
    }

    /// A label's value, with the three characters escaped that must be.
    private static func escape(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\n", with: "\\n").replacing("\"", with: "\\\"")
    }
}
