import Vocabulary

/// How late the server's own heartbeats were, in steps.
///
/// What a load generator sees of them is late by at least as much: the difference is its own.
struct LatenessCounts: ~Copyable, Sendable {
    /// The steps, in ns.
    static let bounds: [Nanoseconds] = [1, 2, 5, 10, 50].map { $0 * .perMillisecond }

    private let upTo1 = ServerMetrics.Counter()
    private let upTo2 = ServerMetrics.Counter()
    private let upTo5 = ServerMetrics.Counter()
    private let upTo10 = ServerMetrics.Counter()
    private let upTo50 = ServerMetrics.Counter()
    private let beyond = ServerMetrics.Counter()
    private let nanoseconds = ServerMetrics.Counter()

    /// Counts a heartbeat that was sent so late, in ns.
    func add(_ lateness: Nanoseconds) {
        nanoseconds.add(Int(clamping: lateness))
        switch lateness {
        case ...Self.bounds[0]: upTo1.add()
        case ...Self.bounds[1]: upTo2.add()
        case ...Self.bounds[2]: upTo5.add()
        case ...Self.bounds[3]: upTo10.add()
        case ...Self.bounds[4]: upTo50.add()
        default: beyond.add()
        }
    }

    /// The sum of all, in seconds.
    var sum: Double { Double(nanoseconds.value) / 1e9 }

    /// The heartbeats that were at most so late, by step as Prometheus writes it, in seconds; the last has no bound.
    var cumulative: [(bound: String, count: Int)] {
        let counts = [upTo1.value, upTo2.value, upTo5.value, upTo10.value, upTo50.value, beyond.value]
        var sum = 0
        return zip(Self.bounds.map { "\($0.inSeconds)" } + ["+Inf"], counts).map { bound, count in
            sum += count
            return (bound, sum)
        }
    }
}
