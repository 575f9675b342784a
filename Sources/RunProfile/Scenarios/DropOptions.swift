import Vocabulary

/// Where, how and when a scenario drops its connections; each is drawn from the seed.
public struct DropOptions: Equatable, Sendable {
    /// The stages drawn from, each once, in order; nil for all that the transport passes.
    public var stages: [Stage]?
    /// The manners drawn from, each once.
    public var manners: [Manner] = [.fin]
    /// The delay between reaching the stage and the drop.
    public var delay: ClosedRange<Nanoseconds> = 0...0
    /// The event of its stream at which a connection is dropped, drawn from a range; nil to drop as the stage is reached.
    ///
    /// The stage is then `streaming`.
    public var events: ClosedRange<Int>?
    /// How long a half-closed connection waits for the server's end, and a stalled one stays, before it is reset.
    public var wait: Nanoseconds = 5 * .perSecond

    /// Every stage, by `fin`, without a delay.
    public init() {}
}

/// Reads `drop:` of a scenario.
enum DropReader {
    /// Reads where, how and when connections are dropped.
    ///
    /// - Parameter tls: whether the scenario's connections are TLS ones; nil where that is not known.
    static func read(_ field: Field, tls: Bool?) -> DropOptions? {
        let example = "a map, such as { stages: all, manners: [fin, rst] }"
        guard var keys = MappingReader(field, expected: example) else { return nil }
        defer { keys.finish() }
        var options = DropOptions()
        let events = keys.field("events")
        options.events = events?.wholeNumberRange(in: ProfileLimits.dropEvents, example: 20)
        let stages = keys.field("stages")
        if events != nil { stages?.reject("both stages and events", expected: "either stages or events") }
        let manners = keys.field("manners")
        keys.read("delay", into: &options.delay) { $0.durationRange(in: 0...ProfileLimits.longestWait) }
        keys.read("wait", into: &options.wait) { $0.duration(in: 1...ProfileLimits.longestWait, example: "5s") }

        let mannerItems = manners?.choices(Manner.self, expected: "a list of manners, such as [fin, rst]")
        if let mannerItems { options.manners = mannerItems.map(\.choice) }
        let mannersRead = manners == nil || mannerItems != nil
        if events != nil {
            options.stages = [.streaming]
            if let tls, mannersRead { rejectIdle(mannerItems, stages: [.streaming], tls: tls) }
            return options
        }
        guard let stages, !isAll(stages) else {
            if let tls, mannersRead { options.stages = stagesOfAll(options.manners, items: mannerItems, tls: tls) }
            return options
        }
        let stageItems = stages.choices(Stage.self, expected: "all, or a list of stages, such as [request-sent]")
        guard let stageItems else { return options }
        options.stages = stageItems.map(\.choice).sorted()
        if let tls, mannersRead { check(stageItems, options.manners, items: mannerItems, tls: tls) }
        return options
    }

    private static func isAll(_ field: Field) -> Bool {
        guard case .scalar("all", _) = field.node.content else { return false }
        return true
    }

    /// What `all` stands for; nil for every stage, since each has a manner.
    private static func stagesOfAll(_ manners: [Manner], items: [(choice: Manner, field: Field)]?, tls: Bool)
        -> [Stage]?
    {
        let passed = Stage.passed(tls: tls)
        rejectIdle(items, stages: passed, tls: tls)
        let usable = passed.filter { stage in manners.contains { $0.applies(at: stage, tls: tls) } }
        return usable == passed ? nil : usable
    }

    private static func check(
        _ stages: [(choice: Stage, field: Field)],
        _ manners: [Manner],
        items: [(choice: Manner, field: Field)]?,
        tls: Bool
    ) {
        var faulty = false
        for (stage, field) in stages {
            if stage.needsTLS, !tls {
                field.reject(
                    "\(stage.rawValue) needs TLS, and the scenario has none",
                    expected: "an https address, or transport: tls with the bundled server"
                )
                faulty = true
            } else if !manners.contains(where: { $0.applies(at: stage, tls: tls) }) {
                let able = Manner.allCases.filter { $0.applies(at: stage, tls: tls) }.map(\.rawValue)
                let names = manners.map(\.rawValue).joined(separator: ", ")
                field.reject(
                    "no connection can be dropped at \(stage.rawValue) by \(names)",
                    expected: "one of the manners \(able.joined(separator: ", "))"
                )
                faulty = true
            }
        }
        if !faulty { rejectIdle(items, stages: stages.map(\.choice), tls: tls) }
    }

    /// Reports the manners that apply at none of the stages.
    private static func rejectIdle(_ manners: [(choice: Manner, field: Field)]?, stages: [Stage], tls: Bool) {
        for (manner, field) in manners ?? [] where !stages.contains(where: { manner.applies(at: $0, tls: tls) }) {
            let able = Stage.passed(tls: tls).filter { manner.applies(at: $0, tls: tls) }
            field.reject(
                "no connection can be dropped by \(manner.rawValue) at any of the stages",
                expected: able.first.map { "a stage from \($0.rawValue) on" }
                    ?? "an https address, or transport: tls with the bundled server"
            )
        }
    }
}
