import EventLoop
import Foundation
import Glibc
import Load
import Record
import RunProfile
import Verdict
import Vocabulary

/// One run, from profile to record and judgement.
public final class ProfileRun {
    /// How long the ladder looks at the gauges at a time while it waits for them to fall, in ns.
    static let lookEvery: Nanoseconds = 100 * .perMillisecond

    let profile: Profile
    let options: RunOptions
    let interrupts: InterruptWatch
    var record: RunRecord
    /// The run's start, in ns of the monotonic clock.
    let startedAt: Nanoseconds
    let series: LoadSeries
    /// What can be seen of the run while it lasts.
    public let monitor: RunMonitor
    /// Takes a line that stays.
    var say: (String) -> Void = { _ in }
    let hooks: Hooks
    let plannedRestart = PlannedRestart()
    private var deaths: DeathWatch?
    /// Keeps the record on the disk while the run lasts; nil where nobody wants it.
    public var journal: RunJournal?
    /// When the journal's next entry is due, in ns of the monotonic clock.
    var nextEntry: Nanoseconds = 0
    /// Whether the workers were asked for their records, for that entry.
    var hasAskedWorkers = false
    /// Whether calibration waits for no lag and no sweep: somebody sits before the screen.
    var isHasty = false
    /// How much longer than a gauge without a lag the slowest one is waited for, in ns.
    var patience: Nanoseconds = 0
    /// The scenarios whose endpoints the calibration opened streams of.
    var calibrated: [LoadScenario] = []
    /// Whether the server still serves the run's endpoints; nil before anything was looked at.
    var service: ServiceWatch?
    /// The gauges of the run.
    private(set) var gauges: GaugeWatch?
    /// The phase that goes on, with its start in seconds since the run's start.
    private(set) var openPhase: (name: Phase.Name, start: Double)?
    /// The last drops of the load that was carried out last; their times are in seconds since the run's start.
    var lastDrops: [DropMoment] = []
    /// Why the figures of a level are not to be trusted.
    var saturation: (LoadRecord) -> [String] = GeneratorRecord.saturation(of:)
    /// Called once the bundled server of the run listens, before anything else.
    var serverStarted: (ReferenceProcess) -> Void = { _ in }
    /// Whether the ladder is climbed also after a first signal.
    var climbsWhenInterrupted = true
    /// Whether the ladder is being climbed, and only a second signal ends that.
    private var isOnLadder = false

    /// Reads a profile for a run.
    ///
    /// - Parameters:
    ///   - file: the profile's path.
    ///   - options: what the command line adds.
    ///   - interrupts: what asks for an early end; made before any other thread.
    /// - Throws: ``RunError`` where the profile cannot be read or is wrong.
    public convenience init(file: String, options: RunOptions, interrupts: InterruptWatch) throws(RunError) {
        let text: String
        do {
            text = try String(contentsOfFile: file, encoding: .utf8)
        } catch {
            throw .unreadable("cannot read the profile \"\(file)\": is the path right, and the file UTF-8?")
        }
        let reader = ProfileReader(environment: options.environment)
        do {
            var profile = try reader.read(text, file: file, overrides: options.overrides)
            profile.resolvePaths(beside: file)
            self.init(profile: profile, options: options, interrupts: interrupts)
            record.environment.profileText = ProfileListing(text).text
            let overrides = options.overrides.map { SecretText.masked(override: $0.text) }
            record.environment.overrides = overrides.isEmpty ? nil : overrides
        } catch {
            throw .profile(error)
        }
    }

    /// A run of a profile.
    public init(profile: Profile, options: RunOptions, interrupts: InterruptWatch) {
        self.profile = profile
        self.options = options
        self.interrupts = interrupts
        startedAt = MonotonicClock.now()
        hooks = Hooks(profile.exec, executable: options.executable, startedAt: startedAt)
        record = RunRecord(profile: profile.name, seed: profile.seed, started: Date().timeIntervalSince1970)
        series = LoadSeries(startedAt: startedAt)
        monitor = RunMonitor(profile: profile.name, thresholds: profile.thresholds, startedAt: startedAt)
    }

    /// The profile's name.
    public var name: String { profile.name }

    /// Carries out the run: baseline, load, ladder, attribution, judgement.
    ///
    /// - Parameters:
    ///   - work: what is done between the baseline and the ladder.
    ///   - say: takes a line about what lies ahead, at most one.
    /// - Throws: ``RunError`` where the run cannot start; once it has started, everything ends up in the record.
    public func run(
        _ work: RunWork = .load,
        say: @escaping (String) -> Void = { _ in }
    ) throws(RunError) -> RunOutcome {
        self.say = say
        // A climb's levels, a matrix's cycles and a race's batches are judged one by one.
        if work != .load || profile.capacity != nil { monitor.judgeNothing() }
        let preflight = Preflight()
        try preflight.check(profile)
        try checkWelcome()
        defer { hooks.after() }
        try hooks.before { [interrupts] in interrupts.isInterrupted }
        let reference = try startReference()
        defer { reference?.stop() }
        if let reference { serverStarted(reference) }
        let builder = EndpointBuilder(profile: profile, reference: reference)
        var scenarios: [LoadScenario] = []
        for scenario in profile.scenarios { scenarios.append(try load(scenario, builder)) }
        var publishers: [LoadPublisher] = []
        for publisher in profile.publishers { publishers.append(try builder.publisher(publisher)) }
        let bystanders = try makeBystanders(work, builder)
        defer { bystanders.end() }
        describeEnvironment(builder, preflight)
        let watch = try GaugeWatch(profile: profile, builder: builder, reference: reference, startedAt: startedAt)
        defer { watch.stop() }
        monitor.show(watch.sampler)
        let cells = try cells(work, scenarios, watch)
        deaths = DeathWatch(watch, reference: reference)
        gauges = watch
        if work == .load { record.heartbeatExpected = heartbeatExpectation }
        openJournal()

        try begin(\.before, of: bystanders)
        phase(.baseline) { takeBaseline(watch) }
        bystanders.end()
        try phaseThrowing(.calibration) { () throws(RunError) in try calibrate(watch, scenarios) }
        guard work != .calibration else {
            finish(watch)
            return RunOutcome(record: record, judgement: Judge(thresholds: []).judge(record))
        }
        try beginService(scenarios)
        // Without load there is nothing that it can have left.
        let hasLoad = !isOver
        try phaseThrowing(.load) { () throws(RunError) in
            let moments = try beginMoments(work, reference)
            defer { endMoments(moments, reference) }
            switch (work, profile.capacity) {
            case (.matrix, _): try makeMatrix(cells, watch)
            case (.race, _): try findRace(cells, watch)
            case (.calibration, _): break
            case (.load, let capacity?): record.load = try findCeiling(capacity, scenarios, builder)
            case (.load, nil):
                let start = now
                record.load = try carryOut(
                    scenarios,
                    settings: loadSettings,
                    publishers: publishers,
                    bystanders: bystanders
                ) { [self] generator in lookBeside(generator.progress) }
                endLooks(record.load, from: start)
            }
        }
        monitor.endJudgedLoad()
        watch.readLoadEnd()
        // Without one of its workers the load was another than the profile's: what it left says little.
        if record.load.workerDeaths == nil {
            if hasLoad { climbLadder(watch, builder) }
            try lookAfter(bystanders)
            let serves = try serves(during: "after the load")
            switch work {
            case .load where !serves: break
            case .load:
                try attribute(watch, scenarios)
                try repeatDrops(watch, scenarios)
            case .matrix where !serves: break
            case .matrix: try classify(cells, watch, builder)
            case .race, .calibration: break
            }
        }
        finish(watch)
        let again = raceAgain()
        record.race?.again = again
        // Nothing is held in these, so that nothing is expected of heartbeats.
        if work != .load { record.heartbeatExpected = nil }
        return RunOutcome(
            record: record,
            judgement: Judge(thresholds: profile.thresholds, leak: profile.leak).judge(record)
        )
    }

    private func load(_ scenario: Scenario, _ builder: EndpointBuilder) throws(RunError) -> LoadScenario {
        let endpoint = try builder.endpoint(scenario)
        let plan = ScenarioPlan(scenario, tls: builder.url(scenario).tls, seed: profile.seed)
        return LoadScenario(plan: plan, endpoint: endpoint)
    }

    private func startReference() throws(RunError) -> ReferenceProcess? {
        guard case .reference = profile.target.address else { return nil }
        return try ReferenceProcess(profile.reference, executable: options.executable)
    }

    /// A load test stays where it is welcome.
    private func checkWelcome() throws(RunError) {
        var urls = profile.scenarios.compactMap(\.url)
        if case .url(let url) = profile.target.address { urls.append(url) }
        for publish in [profile.leak.publish, profile.capacity?.publish] + profile.publishers.map(\.request) {
            if case .url(let url) = publish?.address { urls.append(url) }
        }
        for case .other(.url(let url)) in profile.bystanders.map(\.address) { urls.append(url) }
        for url in urls where !url.isLoopback && !profile.target.authorized {
            guard !options.authorizedHosts.contains(url.host) else { continue }
            throw .refused(
                """
                \(url.host) is not this machine, and nothing says that it welcomes the load. If it does, set \
                `authorized: true` under `target`, or pass --authorize \(url.host).
                """
            )
        }
    }

    private func takeBaseline(_ watch: GaugeWatch) {
        let end = MonotonicClock.now() + profile.leak.baseline
        wait(until: end, saying: "baseline") { false }
        watch.endBaseline()
    }

    /// Whether the run is to end early: it was interrupted, or the server is dead.
    ///
    /// The ladder goes on after a first signal, as what the load left is what the run was made for; a second ends it.
    var isOver: Bool {
        if record.serverDeath == nil { record.serverDeath = deaths?.death(now: now) }
        let isInterrupted = isOnLadder ? interrupts.isUrgent : interrupts.isInterrupted
        return isInterrupted || record.serverDeath != nil
    }

    private func climbLadder(_ watch: GaugeWatch, _ builder: EndpointBuilder) {
        isOnLadder = climbsWhenInterrupted
        defer { isOnLadder = false }
        if interrupts.isInterrupted, isOnLadder {
            say("the load has ended; what it left is still read. Once more (Ctrl-C) writes the report at once")
        }
        climb(watch, builder)
    }

    /// Waits until a moment, or until something is so; ends early when the run is over.
    func wait(until end: Nanoseconds, saying what: String, for condition: () -> Bool) {
        while !isOver {
            let now = MonotonicClock.now()
            guard now < end, !condition() else { return }
            show("\(what): \(DurationText.format(end - now)) left")
            keepJournal()
            usleep(UInt32(min(Self.lookEvery, end - now) / .perMicrosecond + 1))
        }
    }

    /// Says what goes on, for whoever looks on.
    func show(_ text: String) { monitor.tell(text) }

    /// Runs a part of the run and notes its time.
    func phase(_ name: Phase.Name, _ body: () -> Void) {
        let start = now
        openPhase = (name, start)
        defer { openPhase = nil }
        monitor.begin(phase: name.rawValue)
        body()
        record.phases.append(Phase(name: name, start: start, end: now))
    }

    private func phaseThrowing(_ name: Phase.Name, _ body: () throws(RunError) -> Void) throws(RunError) {
        let start = now
        openPhase = (name, start)
        defer { openPhase = nil }
        monitor.begin(phase: name.rawValue)
        try body()
        record.phases.append(Phase(name: name, start: start, end: now))
    }

    /// Seconds since the run's start.
    var now: Double { (MonotonicClock.now() - startedAt).inSeconds }

    /// What the profile expects of heartbeats.
    var heartbeatExpectation: HeartbeatExpectation? {
        profile.heartbeat.map { heartbeat in
            HeartbeatExpectation(
                expect: heartbeat.expect,
                longestInterval: heartbeat.longestInterval,
                match: heartbeat.match.text
            )
        }
    }

    /// When the load was constant; nil where it never was.
    private var steady: SteadySpan? {
        guard let steady = profile.steady, let load = record.phases.first(where: { $0.name == .load }) else {
            return nil
        }
        let start = load.start + steady.lowerBound.inSeconds
        let end = min(load.end, load.start + steady.upperBound.inSeconds)
        return start < end ? SteadySpan(start: start, end: end) : nil
    }

    private func finish(_ watch: GaugeWatch) {
        record.interrupted = interrupts.isInterrupted
        if let death = record.serverDeath {
            record.serverDeath?.lastDrops = lastDrops.filter { $0.time <= death.time }
        }
        // The readings that failed are known at their end only.
        watch.stop()
        record.gauges = watch.records
        // What they end is read no more.
        hooks.after()
        record.hooks = hooks.records
        if record.matrix == nil, record.race == nil { record.steady = steady }
        record.series = series.all.merging(watch.series) { first, _ in first }
        record.heartbeatExpected = heartbeatExpectation
        record.generator = GeneratorRecord.measured(record.load)
        if record.load.stampedReads > 0 { record.environment.clock = "kernel receive time (SO_TIMESTAMPNS)" }
        record.ended = Date().timeIntervalSince1970
    }

    private func describeEnvironment(_ builder: EndpointBuilder, _ preflight: Preflight) {
        record.environment.version = Version.current
        record.environment.system = SystemName.current
        record.environment.processors = ProcessInfo.processInfo.activeProcessorCount
        record.environment.command = options.command
        if !options.reproduce.isEmpty {
            record.environment.reproduce = options.reproduce + " --seed \(profile.seed)"
        }
        record.environment.descriptorLimit = preflight.descriptorLimit
        record.environment.target =
            switch profile.target.address {
            case .reference(let path): "reference\(path)"
            case .url(let url): SecretText.masked(word: "\(url)")
            }
    }
}

/// The kernel's name.
enum SystemName {
    /// Name, release and machine: `Linux 6.1.0 x86_64`.
    static var current: String {
        var name = utsname()
        guard uname(&name) == 0 else { return "unknown" }
        return [text(&name.sysname), text(&name.release), text(&name.machine)].joined(separator: " ")
    }

    private static func text<Field>(_ field: inout Field) -> String {
        withUnsafeBytes(of: &field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
