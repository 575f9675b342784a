import EventLoop
import Load
import Record
import RunProfile
import Vocabulary

/// Some streams of a run's own endpoints, opened, held for as long as somebody looks, and ended in good order.
struct CalibrationWave {
    /// The bounds of a calibration; times are in ns.
    enum Limits {
        /// Streams of a wave: a prime, so that processes that share them cannot have equal shares.
        static let streams = 13
        /// Streams of a wave where only the process is watched.
        static let fewStreams = 5
        /// The most streams of a wave, where a gauge moves by itself.
        static let mostStreams = 199
        /// How many times a gauge's noise the streams of a wave are.
        static let timesNoise = 8.0
        /// Endpoints that are tried.
        static let endpoints = 3
        /// How many streams there are in all for each that stands, as a server may end them.
        static let replacements = 20
        /// Over how long the streams of a wave open: spread, so that what goes one by one is told from a sweep.
        static let arrivals: Nanoseconds = 325 * .perMillisecond
        /// How long the streams may take to open.
        static let opening: Nanoseconds = 10 * .perSecond
        /// How long first events are waited for, once all streams stand.
        static let firstEvents: Nanoseconds = 500 * .perMillisecond
        /// How long the streams stand at least.
        static let hold: Nanoseconds = 400 * .perMillisecond
        /// How long a server may take to end a stream by its own marker.
        static let ownEnd: Nanoseconds = 5 * .perSecond
        /// How long the streams stand where nothing of a probe has moved yet: the longest lag that is looked for.
        static let longestLag: Nanoseconds = 17 * .perSecond
        /// The same where somebody sits before the screen.
        static let hastyLag: Nanoseconds = 6 * .perSecond
        /// How long the end of the streams is waited for at first.
        static let ending: Nanoseconds = 2 * .perSecond
        /// An inactivity timeout that is waited for, and how much later its timers may fire.
        static let soon: Nanoseconds = 5 * .perSecond
        static let timerMargin: Nanoseconds = 700 * .perMillisecond
        /// How long it is waited for where a gauge has not shown it: longer than most sweeps.
        static let sweep: Nanoseconds = 12 * .perSecond
        /// The time between two looks; a look at a process' sockets costs a walk through all of the machine's.
        static let look: Nanoseconds = 100 * .perMillisecond
        /// Waves in all.
        static let waves = 3
        /// Looks before the first stream.
        static let quietLooks = 5
        /// The longest a stream may stand.
        static let longestHold: Nanoseconds = 120 * .perSecond
    }

    /// The connections.
    let scenarios: [LoadScenario]
    /// How many there are.
    let count: Int
    /// Whether the server ends each stream itself.
    let endsItself: Bool

    /// The streams of a run's scenarios: of those that drop, or of all where none does.
    ///
    /// - Parameter count: streams to open; fewer where the profile opens fewer.
    init(of run: [LoadScenario], count: Int, seed: UInt64) {
        let dropping = run.filter { !$0.plan.cards.isEmpty }
        let parts = (dropping.isEmpty ? run : dropping).distinctEndpoints(most: Limits.endpoints)
        let most = run.reduce(0) { $0 + $1.plan.count }
        let total = max(1, min(count, most))
        var made: [LoadScenario] = []
        var standing = 0
        for (index, part) in parts.enumerated() {
            let share = total / parts.count + (index < total % parts.count ? 1 : 0)
            guard share > 0 else { continue }
            var scenario = part.plain(name: "calibration \(index)")
            standing += share
            // Streams that the server ends are replaced, so that as many stand for as long as anybody looks.
            scenario.arrival = .keep(share, rate: max(1, Double(share) / Limits.arrivals.inSeconds))
            scenario.connections = share * Limits.replacements
            scenario.hold = Limits.longestHold
            scenario.timeout = min(part.plan.scenario.timeout, Limits.opening)
            let plan = ScenarioPlan(scenario, tls: part.endpoint.isTLS, seed: seed)
            made.append(LoadScenario(plan: plan, endpoint: part.endpoint))
        }
        scenarios = made
        self.count = standing
        endsItself = made.contains { $0.plan.scenario.stream.until != nil }
    }
}
