import EventLoop
import Load
import Record
import RunProfile
import Synchronization
import Vocabulary

/// One stream of each endpoint of a run, opened and ended in good order, to see whether the server still serves them.
struct Canary {
    /// The bounds of a look; times are in ns.
    enum Limits {
        /// Endpoints that are looked at.
        static let endpoints = 8
        /// How long a first event is waited for, once the streams stand.
        static let firstEvent: Nanoseconds = 300 * .perMillisecond
        /// How long a server may take to end a stream by its own marker.
        static let ownEnd: Nanoseconds = 5 * .perSecond
        /// How long a stream may take to open.
        static let opening: Nanoseconds = 3 * .perSecond
        /// Looks in a row that must fail for a server to have stopped serving.
        static let tries: UInt64 = 3
        /// The time between two of them, at least.
        static let pause: Nanoseconds = 500 * .perMillisecond
        /// The longest that is waited for a server to notice who has left.
        static let longestRecovery: Nanoseconds = 40 * .perSecond
        /// Looks over which that wait is spread.
        static let spread: Nanoseconds = 8
        /// The time between two looks of a matrix or a race.
        static let pace: Nanoseconds = 10 * .perSecond
        /// The time between two looks while a load lasts.
        static let period: Nanoseconds = 1 * .perSecond
    }

    /// What a look saw of one endpoint.
    struct Sight {
        /// How its stream failed; nil where it was served.
        let error: String?
        /// What the server answered where it failed.
        let answer: AnswerSample?
    }

    private let generator: LoadGenerator
    private let job: LoadJob
    private let names: [String]
    /// Whether the look is over with the first event; not where that may be another stream's, or the server ends it itself.
    private let endsWithEvent: Bool

    /// Starts to look.
    ///
    /// - Parameters:
    ///   - parts: the scenarios whose endpoints are looked at, each by its name.
    ///   - limits: what one connection may cost.
    /// - Throws: `EMFILE`, `EAGAIN` and the like where the machine gives no loop or no thread.
    init(of parts: [LoadScenario], limits: LimitOptions, seed: UInt64) throws(SystemError) {
        let scenarios = parts.map { part in
            var scenario = part.plain(name: part.plan.scenario.name)
            scenario.timeout = min(scenario.timeout, Limits.opening)
            scenario.hold = scenario.stream.until == nil ? Limits.firstEvent : Limits.ownEnd
            let plan = ScenarioPlan(scenario, tls: part.endpoint.isTLS, seed: seed)
            return LoadScenario(plan: plan, endpoint: part.endpoint)
        }
        names = scenarios.map(\.plan.scenario.name)
        endsWithEvent = scenarios.count == 1 && scenarios[0].plan.scenario.stream.until == nil
        let settings = LoadSettings(heartbeat: nil, limits: limits)
        generator = try LoadGenerator(scenarios: scenarios, workerCount: 1, settings: settings)
        job = try LoadJob(generator)
    }

    /// Whether it has seen all; a stream that has shown its first event is ended.
    var isDone: Bool {
        if !job.isDone, endsWithEvent, generator.progress.events.load(ordering: .relaxed) > 0 { generator.complete() }
        return job.isDone
    }

    /// Waits a little for its end.
    func wait() { job.wait(until: MonotonicClock.now() + 5 * .perMillisecond) }

    /// Ends it at once.
    func stop() { generator.stop() }

    /// What it saw, by the scenarios' names; to be asked once, when it is done.
    ///
    /// - Throws: what kept it from looking.
    func sights() throws(SystemError) -> [String: Sight] {
        let load = try job.result()
        let own = load.scenarios.map { scenarios in scenarios.map { ($0.name, $0.load) } } ?? [(names[0], load)]
        return Dictionary(own.map { ($0.0, Self.sight($0.1)) }) { first, _ in first }
    }

    private static func sight(_ load: LoadRecord) -> Sight {
        guard let error = load.errors.keys.min(), load.connections.established == 0 else {
            return Sight(error: nil, answer: nil)
        }
        return Sight(error: error, answer: load.errorFaces?.face(of: error)?.answer)
    }
}

extension [LoadScenario] {
    /// One scenario for each endpoint, the first ones of a run.
    ///
    /// - Parameter most: endpoints that are told apart.
    func distinctEndpoints(most: Int) -> [LoadScenario] {
        var parts: [LoadScenario] = []
        for part in self where parts.count < most && !parts.contains(where: { $0.isSameEndpoint(as: part) }) {
            parts.append(part)
        }
        return parts
    }
}

extension LoadScenario {
    /// Whether the streams of both ask the same of the same server.
    func isSameEndpoint(as other: LoadScenario) -> Bool {
        let (own, its) = (plan.scenario, other.plan.scenario)
        return own.url == its.url && own.path == its.path && own.transport == its.transport
            && own.request == its.request
    }

    /// A scenario of one stream that asks what this one asks, and neither drops it, nor reads slowly, nor comes back.
    func plain(name: String) -> Scenario {
        let own = plan.scenario
        var scenario = Scenario(name: name, connections: 1)
        scenario.timeout = own.timeout
        scenario.transport = own.transport
        scenario.url = own.url
        scenario.path = own.path
        scenario.sources = own.sources
        scenario.request = own.request
        scenario.stream.until = own.stream.until
        return scenario
    }
}
