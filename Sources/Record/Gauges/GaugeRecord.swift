import Vocabulary

/// What one gauge showed before and after the load.
public struct GaugeRecord: Codable, Equatable, Sendable {
    /// What a gauge counts.
    public typealias Unit = GaugeUnit

    /// The rungs of the ladder at which a residual is read.
    public enum Rung: String, CaseIterable, Codable, Sendable {
        /// As the last connection ended.
        case loadEnd = "load-end"
        /// After the settle time.
        case settle
        /// After the server's inactivity timeout.
        case inactivity
        /// After something was published.
        case publish
    }

    /// What the gauge held above its baseline at one rung.
    public struct Residual: Codable, Equatable, Sendable {
        /// The rung.
        public var rung: Rung
        /// The lowest value seen at the rung's end, less the baseline; never below zero.
        public var value: Double

        /// A residual from its parts.
        public init(rung: Rung, value: Double) {
            self.rung = rung
            self.value = value
        }
    }

    /// The probe that read it.
    public var probe: String
    /// The gauge's name.
    public var gauge: String
    /// What it counts.
    public var unit: Unit
    /// The highest value before the load; nil where it could not be read.
    public var baseline: Double?
    /// The highest value during the load; nil where it could not be read.
    public var peak: Double?
    /// The residuals that were read, in the order of the rungs; a rung that was left out or could not be read is absent.
    public var residuals: [Residual] = []
    /// How long after the load's end it came back to its baseline, in seconds; nil where it did not, or was never above.
    public var fell: Double?
    /// Samples that failed, by the error's name.
    public var gaps: [String: UInt64] = [:]
    /// When a sample failed for the first time, by the error's name, in seconds since the run's start.
    ///
    /// Nil in records of older versions.
    public var firstGaps: [String: Double]?
    /// Whether it tells of a process and not of what the application holds; nil in records of older versions.
    public var isOfProcess: Bool?
    /// Whether the profile itself says that it counts what is held; nil where it does not.
    public var isDeclaredCount: Bool?
    /// What calibration saw of it; nil where there was none.
    public var calibration: GaugeCalibration?

    /// A gauge that has not been read.
    public init(probe: String, gauge: String, unit: Unit) {
        self.probe = probe
        self.gauge = gauge
        self.unit = unit
    }

    /// The residual at a rung; nil where it was not read.
    public func residual(at rung: Rung) -> Double? { residuals.first { $0.rung == rung }?.value }

    /// The key of the gauge's series: probe and name.
    public var seriesName: String { "\(probe).\(gauge)" }
}

/// The inactivity timeout that the ladder waited for.
public struct InactivityRecord: Codable, Equatable, Sendable {
    /// The timeout, in ns.
    public var timeout: Nanoseconds
    /// The quiet streams that the server was seen to end after it; nil where the profile tells the timeout.
    public var discoveredFrom: UInt64?

    /// A record from its parts.
    public init(timeout: Nanoseconds, discoveredFrom: UInt64?) {
        self.timeout = timeout
        self.discoveredFrom = discoveredFrom
    }
}

/// What the publish of the ladder brought.
public struct PublishRecord: Codable, Equatable, Sendable {
    /// The status of the answer; nil where none came.
    public var status: Int?
    /// The error's name, where it failed.
    public var error: String?
    /// How many publishes were made until nothing was left, or none helped; nil in records of older versions.
    public var count: UInt64?

    /// A record from its parts.
    public init(status: Int?, error: String?) {
        self.status = status
        self.error = error
    }
}
