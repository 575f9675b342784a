import Vocabulary

extension Profile {
    /// When the load of every scenario is constant, in ns from the start of the load; nil where it never is.
    public var steady: Range<Nanoseconds>? {
        guard capacity == nil, let first = scenarios.first?.steady else { return nil }
        return scenarios.dropFirst().reduce(first) { common, scenario in
            guard let common, let steady = scenario.steady else { return nil }
            let both = common.clamped(to: steady)
            return both.isEmpty ? nil : both
        }
    }
}

extension Scenario {
    /// When its load is constant, in ns from the start of the load; nil where it never is.
    ///
    /// It begins once connections arrive at their last rate and as many end as arrive, or all are open; it ends with the
    /// last arrival, or as the first stream's time is over.
    public var steady: Range<Nanoseconds>? {
        let lastStart = ArrivalSchedule(of: self).lastMoment
        let life = longestLife
        let (start, end): (Nanoseconds, Nanoseconds)
        switch arrival {
        case .staircase: return nil
        case .keep(let kept, _):
            // Each place is filled so often; how long a place of drops lasts depends on the server.
            let all = hold?.multipliedReportingOverflow(by: Nanoseconds(connections / kept))
            let ends = all.map { $0.overflow ? .max : $0.partialValue } ?? .max
            (start, end) = (lastStart + life, ends > .max - self.start ? .max : self.start + ends)
        case .atOnce, .rate, .varying:
            // A stream with an end marker may end at any time.
            if let hold, stream.until == nil, lastStart <= self.start + hold {
                (start, end) = (lastStart, self.start + hold)
            } else {
                (start, end) = (lastBend + life, lastStart)
            }
        }
        return start < end ? start..<end : nil
    }

    /// How long a connection may live at most, but for a server that is slow, in ns.
    private var longestLife: Nanoseconds {
        if let hold { return hold }
        guard let drop else { return 0 }
        let waits = drop.manners.contains { $0 == .halfClose || $0 == .stall }
        return drop.delay.upperBound + (waits ? drop.wait : 0)
    }

    /// When the rate has changed for the last time and the last crowd has come, in ns from the start of the load.
    private var lastBend: Nanoseconds {
        guard case .varying(let varying) = arrival else { return start }
        let ramps = varying.ramps.reduce(0) { $0 + $1.duration }
        return start + max(ramps, varying.spikes.map(\.moment).max() ?? 0)
    }
}
