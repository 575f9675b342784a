import Record
import Vocabulary

/// What happened to streams that come back, over time.
enum ReconnectCurve {
    /// Streams that were away.
    ///
    /// - Parameter start: the load's start, in seconds since the run's.
    static func away(_ windows: [ReconnectWindow], from start: Double) -> Series {
        var series = Series(unit: "streams")
        var away: UInt64 = 0
        for window in windows {
            add(window.start + start, Double(away), to: &series)
            away.saturatingAdd(window.closed)
            let back = window.returned.saturatingAdding(window.gone)
            away = away > back ? away - back : 0
            add(window.start + start + ReconnectWindow.length.inSeconds, Double(away), to: &series)
        }
        return series
    }

    /// Attempts a second.
    ///
    /// - Parameter start: the load's start, in seconds since the run's.
    static func attempts(_ windows: [ReconnectWindow], from start: Double) -> Series {
        let length = ReconnectWindow.length.inSeconds
        var series = Series(unit: "1/s")
        var last: UInt64?
        for window in windows {
            let time = window.start + start
            if last.map({ window.index > $0.saturatingAdding(1) }) ?? true { add(time, 0, to: &series) }
            add(time + length / 2, Double(window.attempts) / length, to: &series)
            add(time + length, 0, to: &series)
            last = window.index
        }
        return series
    }

    private static func add(_ time: Double, _ value: Double, to series: inout Series) {
        // The end of one window is the start of the next.
        if let last = series.t.last, time <= last {
            series.t.removeLast()
            series.v.removeLast()
        }
        series.t.append(time)
        series.v.append(value)
    }
}
