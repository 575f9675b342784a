import EventLoop
import Record
import Synchronization
import Vocabulary

/// Reads every probe at its period, each on a thread of its own, so that a slow one delays no other.
///
/// All calls may come from any thread, except that ``stop()`` ends them. Times are seconds since the run's start.
public final class Sampler: Sendable {
    /// The longest that one reading of a probe may take, in ns.
    public static let longestTimeout = 5 * Nanoseconds.perSecond
    /// The time that every probe is given for one reading at least, in ns.
    public static let shortestTimeout = Nanoseconds.perSecond
    /// How long beyond two readings ``sampleNow()`` waits for a thread to get its turn, in ns.
    private static let grace = Nanoseconds.perSecond

    /// A probe and its sampling period, in ns.
    public struct Probe: Sendable {
        /// What reads it.
        public var reader: any GaugeReader
        /// The sampling period, in ns.
        public var every: Nanoseconds

        /// A probe from its parts.
        public init(reader: any GaugeReader, every: Nanoseconds) {
            self.reader = reader
            self.every = every
        }
    }

    private let threads: [SamplerThread]
    private let hasStopped = Monitor(false)

    /// Starts reading at once.
    ///
    /// - Parameter epoch: the run's start, in ns of the monotonic clock; times count from it.
    /// - Throws: `EAGAIN` where the system has no thread left.
    public init(_ probes: [Probe], epoch: Nanoseconds) throws(SystemError) {
        var threads: [SamplerThread] = []
        for probe in probes {
            do throws(SystemError) {
                threads.append(try SamplerThread(reader: probe.reader, period: probe.every, epoch: epoch))
            } catch {
                Self.stop(threads)
                throw error
            }
        }
        self.threads = threads
    }

    deinit { stop() }

    /// The time that a reader should allow one reading: four periods, between one second and five, in ns.
    public static func timeout(forPeriod period: Nanoseconds) -> Nanoseconds {
        let (periods, overflow) = period.multipliedReportingOverflow(by: 4)
        return overflow ? longestTimeout : min(max(periods, shortestTimeout), longestTimeout)
    }

    /// Reads every gauge anew and waits for all of them; the readings also enter the series.
    ///
    /// A probe that does not answer in time, at most the time of two readings and a second, leaves gaps.
    public func sampleNow() -> [GaugeSample] {
        let requests = threads.map { $0.request() }
        let deadline = MonotonicClock.now() + 2 * Self.longestTimeout + Self.grace
        return zip(threads, requests).flatMap { $0.answer(to: $1, by: deadline) }
    }

    /// Takes each reading over a fresh connection from now on, so that several processes behind a port show; or no more.
    public func readAfresh(_ isAfresh: Bool) {
        for thread in threads { thread.isAfresh.store(isAfresh, ordering: .relaxed) }
    }

    /// Who answered each probe while it was read afresh, by the probe's name.
    public var identities: [String: Set<AnswerIdentity>] {
        Dictionary(threads.map { ($0.reader.probe, $0.identities.withLock { $0 }) }) { $1 }
    }

    /// The processes that each probe sums, by its name; none of a probe that reads one.
    public var instances: [String: Int] {
        Dictionary(threads.compactMap { thread in thread.reader.instances.map { (thread.reader.probe, $0) } }) { $1 }
    }

    /// The latest reading of every gauge that has been read.
    public var latest: [GaugeSample] { threads.flatMap(\.latest) }

    /// What each gauge showed from one moment to another, both included, in seconds.
    ///
    /// Ask at a window's end: the figures are exact then, unless the window is longer than the
    /// 256 latest samples and the series has been merged (past 4096 samples); in that case a merged point that
    /// reaches into the window counts as a whole.
    public func figures(from start: Double, to end: Double = .infinity) -> [GaugeFigures] {
        threads.flatMap { $0.figures(from: start, to: end) }
    }

    /// The readings that failed so far, by gauge and name.
    public var gaps: [GaugeGap] {
        threads.flatMap { thread in
            zip(thread.reader.gauges, thread.histories).flatMap { gauge, history in
                history.gaps.sorted { $0.key < $1.key }.map { name, gap in
                    GaugeGap(
                        probe: thread.reader.probe,
                        gauge: gauge.name,
                        name: name,
                        count: gap.count,
                        firstTime: gap.firstTime
                    )
                }
            }
        }
    }

    /// A record for every gauge that is no detail of another, with its gaps; figures are for the caller to fill in.
    public func gaugeRecords() -> [GaugeRecord] {
        threads.flatMap { thread in
            zip(thread.reader.gauges, thread.histories).filter { !$0.0.isDetail }.map { gauge, history in
                var record = GaugeRecord(probe: thread.reader.probe, gauge: gauge.name, unit: gauge.unit)
                record.gaps = history.gaps.mapValues(\.count)
                if !history.gaps.isEmpty { record.firstGaps = history.gaps.mapValues(\.firstTime) }
                return record
            }
        }
    }

    /// Every gauge that was read at least once over time, by probe and name: `state.clients`.
    ///
    /// A point that stands for several samples shows the highest of them.
    public func series() -> [String: Series] {
        var result: [String: Series] = [:]
        for thread in threads {
            for (gauge, history) in zip(thread.reader.gauges, thread.histories) where !history.series.points.isEmpty {
                result["\(thread.reader.probe).\(gauge.name)"] = history.recorded(unit: gauge.unit)
            }
        }
        return result
    }

    /// Ends the sampling and waits for the readings under way; what has been read can still be asked for.
    public func stop() {
        let isFirst = hasStopped.withLock { stopped in
            defer { stopped = true }
            return !stopped
        }
        if isFirst { Self.stop(threads) }
    }

    private static func stop(_ threads: [SamplerThread]) {
        for thread in threads { thread.requestStop() }
        for thread in threads { thread.join() }
    }
}

/// One reading of one gauge, and when it was begun.
public struct GaugeSample: Equatable, Sendable {
    /// The probe.
    public let probe: String
    /// The gauge.
    public let gauge: GaugeDescription
    /// When the reading was begun, in seconds since the run's start.
    public let time: Double
    /// What came of it.
    public let reading: GaugeReading

    /// The key of the gauge's series: probe and name.
    public var seriesName: String { "\(probe).\(gauge.name)" }
    /// The figure; nil where there is none.
    public var value: Double? {
        if case .value(let value) = reading { value } else { nil }
    }
}

/// What one gauge showed in a window of time.
public struct GaugeFigures: Equatable, Sendable {
    /// The probe.
    public let probe: String
    /// The gauge.
    public let gauge: GaugeDescription
    /// The lowest value; nil where the gauge was not read in the window.
    public var minimum: Double?
    /// The highest value; nil where the gauge was not read in the window.
    public var maximum: Double?
    /// The latest value; nil where the gauge was not read in the window.
    public var last: Double?

    /// The key of the gauge's series: probe and name.
    public var seriesName: String { "\(probe).\(gauge.name)" }
}

/// Readings of one gauge that failed for one reason.
public struct GaugeGap: Equatable, Sendable {
    /// The probe.
    public let probe: String
    /// The gauge's name.
    public let gauge: String
    /// The reason's name.
    public let name: String
    /// How many readings failed for it.
    public let count: UInt64
    /// When the first of them was begun, in seconds since the run's start.
    public let firstTime: Double
}
