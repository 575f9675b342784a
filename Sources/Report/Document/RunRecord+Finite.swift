import Record

extension RunRecord {
    /// The record without what JSON cannot hold: NaN and infinities, which a server's metrics may well contain.
    ///
    /// A point that is not finite leaves its series; a figure that is not finite becomes one that was not measured.
    func finite() -> RunRecord {
        var record = self
        record.series = series.mapValues(Self.finite)
        record.phases = phases.filter { $0.start.isFinite && $0.end.isFinite }
        record.attributions = attributions.filter(\.residual.isFinite)
        record.gauges = gauges.map { gauge in
            var gauge = gauge
            gauge.baseline = gauge.baseline.finite
            gauge.peak = gauge.peak.finite
            gauge.fell = gauge.fell.finite
            gauge.residuals = gauge.residuals.filter(\.value.isFinite)
            return gauge
        }
        if let steady, !steady.start.isFinite || !steady.end.isFinite { record.steady = nil }
        record.capacity?.levels = (capacity?.levels ?? []).map(Self.finite)
        for index in (matrix?.cycles ?? []).indices {
            record.matrix?.cycles[index].changes = matrix?.cycles[index].changes.filter(\.value.isFinite) ?? [:]
        }
        for index in (race?.batches ?? []).indices {
            record.race?.batches[index].changes = race?.batches[index].changes.filter(\.value.isFinite) ?? [:]
        }
        if !started.isFinite { record.started = 0 }
        if !ended.isFinite { record.ended = record.started }
        if !generator.cpuSeconds.isFinite { record.generator.cpuSeconds = 0 }
        return record
    }

    private static func finite(_ level: CapacityLevel) -> CapacityLevel {
        var level = level
        if !level.start.isFinite { level.start = 0 }
        if !level.end.isFinite { level.end = level.start }
        if !level.arrivals.isFinite { level.arrivals = 0 }
        for index in level.measures.indices { level.measures[index].value = level.measures[index].value.finite }
        return level
    }

    private static func finite(_ series: Series) -> Series {
        var finite = Series(unit: series.unit)
        for (t, v) in zip(series.t, series.v) where t.isFinite && v.isFinite {
            finite.t.append(t)
            finite.v.append(v)
        }
        return finite
    }
}
