import Vocabulary

/// Reads profiles: YAML text in, a checked ``Profile`` or every error in it out.
public struct ProfileReader: Sendable {
    /// What `${NAME}` in a profile's texts is taken from.
    public let environment: [String: String]

    /// A reader that fills in variables from an environment.
    public init(environment: [String: String]) { self.environment = environment }

    /// Reads one profile.
    ///
    /// Overrides are applied in their order before anything is checked, so that an override can mend an error.
    ///
    /// - Parameters:
    ///   - text: the profile's YAML (YAML 1.1), at most ``ProfileLimits/textBytes``.
    ///   - file: the file's name, for errors and, without folder and extension, for a profile that has no name.
    ///   - overrides: values in place of the profile's own.
    ///   - needsScenarios: whether a profile without scenarios is wrong; fuzzing needs none.
    /// - Throws: ``ProfileErrors``, with every error that was found. A text that is no YAML has only its first.
    public func read(
        _ text: String,
        file: String,
        overrides: [ProfileOverride] = [],
        needsScenarios: Bool = true
    ) throws(ProfileErrors) -> Profile {
        let context = ReadingContext(file: file, environment: environment)
        var root = try document(text, context: context)
        for override in overrides { OverrideReader(context: context, override: override).apply(to: &root) }
        let field = Field(context: context, path: "", node: root)
        let profile = DocumentReader(document: field, needsScenarios: needsScenarios).read()
        if let problems = context.problems { throw problems }
        guard let profile else { preconditionFailure("a profile that was not read has an error") }
        return profile
    }

    private func document(_ text: String, context: ReadingContext) throws(ProfileErrors) -> DocumentNode {
        let root: DocumentNode?
        do {
            root = try DocumentParser.parse(text)
        } catch {
            throw ProfileErrors([
                ProfileError(
                    location: .file(name: context.file, line: error.line, column: error.column),
                    problem: error.problem,
                    expectation: error.expectation
                )
            ])
        }
        if let root, !root.isNull { return root }
        throw ProfileErrors([
            ProfileError(
                location: .file(name: context.file, line: 1, column: 1),
                problem: "the profile is empty",
                expectation: "a map with the keys target and scenarios"
            )
        ])
    }
}

/// Reads a whole document.
struct DocumentReader {
    /// The document.
    let document: Field
    /// Whether a profile without scenarios is wrong.
    let needsScenarios: Bool

    /// Reads the profile; reports what is wrong with it.
    func read() -> Profile? {
        guard var keys = MappingReader(document, expected: "a map with the keys target and scenarios") else {
            return nil
        }
        defer { keys.finish() }
        let name = keys.field("name")
        var seed: UInt64 = 1
        keys.read("seed", into: &seed) { $0.wholeNumber(in: 0...UInt64.max, example: 42) }
        let target = keys.required("target", expected: "a map, such as { url: reference }").flatMap(TargetReader.read)
        let kind = TargetKind(target?.address)
        var reference = ReferenceOptions()
        keys.read("reference", into: &reference) { ReferenceReader.read($0, target: kind) }
        let capacityField = keys.field("capacity")
        let capacity = capacityField.flatMap { CapacityReader.read($0, target: kind) }
        let scenarioField =
            needsScenarios ? keys.required("scenarios", expected: Self.scenarioList) : keys.field("scenarios")
        let scenarios = scenarioField.map { field in
            capacityField == nil ? self.scenarios(field, target: kind) : climb(field, target: kind, capacity)
        }
        let publish = keys.field("publish")
        let publishers = publish.flatMap { PublisherReader.read($0, target: kind, scenarios: names(scenarios)) }
        if capacityField != nil { publish?.reject("capacity has a publish of its own", expected: "no such key") }
        if target?.headers.contains(where: { $0.name.lowercased() == "last-event-id" }) == true,
            scenarios?.contains(where: { $0.reconnect?.lastEventID == true }) == true
        {
            scenarioField?.reject(
                "the target's headers say the last event ID as well",
                expected: "reconnect: { lastEventID: false }"
            )
        }
        let probes = keys.field("probes")
        var profile = target.map { Profile(name: defaultName, target: $0, scenarios: scenarios ?? []) }
        let readProbes =
            probes.map { self.probes($0, target: kind) } ?? (kind == .reference ? ProbeOptions.ofReference : [])
        if let name = name?.name() { profile?.name = name }
        profile?.seed = seed
        profile?.reference = reference
        profile?.probes = readProbes
        profile?.publishers = publishers ?? []
        profile?.capacity = capacity
        read(&keys, into: &profile, target: kind, scenarios: scenarios ?? [])
        return profile
    }

    private func names(_ scenarios: [Scenario]?) -> [String] { (scenarios ?? []).map(\.name) }

    private static let scenarioList = "a list, such as [{ name: listeners, connections: 100, hold: 10s }]"

    private func read(
        _ keys: inout MappingReader,
        into profile: inout Profile?,
        target: TargetKind,
        scenarios: [Scenario]
    ) {
        var leak = LeakOptions()
        var bystanders: [BystanderOptions] = []
        var heartbeat: HeartbeatOptions?
        var thresholds: [Threshold] = []
        var limits = LimitOptions()
        var matrix = MatrixOptions()
        var race = RaceOptions()
        var actions = ActionOptions()
        var exec = HookOptions()
        keys.read("leak", into: &leak) { LeakReader.read($0, target: target) }
        let bystanderField = keys.field("bystanders")
        if let read = bystanderField.flatMap({ BystanderReader.read($0, target: target) }) { bystanders = read }
        keys.read("heartbeat", into: &heartbeat, HeartbeatReader.read)
        keys.read("thresholds", into: &thresholds) { field in
            field.items(limit: ProfileLimits.thresholds, expected: "a list, such as [leaks == 0]")?
                .compactMap { item in
                    let threshold = ThresholdReader.read(item, scenarios: scenarios)
                    if threshold?.metric.isOfBystanders == true, bystanderField == nil {
                        item.reject("the profile has no bystanders", expected: "bystanders: [{ url: /healthz }]")
                    }
                    return threshold
                }
        }
        keys.read("limits", into: &limits, LimitReader.read)
        keys.read("matrix", into: &matrix, MatrixReader.read)
        keys.read("race", into: &race, RaceReader.read)
        if !race.namesEnd {
            let named = scenarios.compactMap { $0.drop?.delay.upperBound }.max() ?? 0
            race.to = min(max(race.to, named), ProfileLimits.longestRaceDelay)
        }
        keys.read("actions", into: &actions) { ActionsReader.read($0, target: target) }
        keys.read("exec", into: &exec, HookReader.read)
        profile?.leak = leak
        profile?.bystanders = bystanders
        profile?.heartbeat = heartbeat
        profile?.thresholds = thresholds
        profile?.limits = limits
        profile?.matrix = matrix
        profile?.race = race
        profile?.actions = actions
        profile?.exec = exec
    }

    private func scenarios(_ field: Field, target: TargetKind) -> [Scenario] {
        guard let items = field.items(limit: ProfileLimits.scenarios, expected: Self.scenarioList) else { return [] }
        if items.isEmpty { field.reject("an empty list", expected: Self.scenarioList) }
        return named(items, name: \.name) { ScenarioReader.read($0, target: target) }
    }

    /// The one scenario of a climb.
    private func climb(_ field: Field, target: TargetKind, _ capacity: CapacityOptions?) -> [Scenario] {
        let expectation = "a list of one scenario, such as [{ name: listeners, arrival: { rate: 200/s } }]"
        guard let items = field.items(limit: ProfileLimits.scenarios, expected: expectation) else { return [] }
        guard let first = items.first, items.count == 1 else {
            field.reject("\(items.count) scenarios in a profile with capacity", expected: expectation)
            return []
        }
        guard let scenario = ScenarioReader.read(first, target: target, isClimb: true), let capacity,
            case .rate(let rate) = scenario.arrival
        else { return [] }
        let hold = Double(capacity.levels.count) * capacity.level.inSeconds
        guard Double(capacity.to) / rate + hold <= ProfileLimits.longestRun.inSeconds else {
            let hours = Int(ProfileLimits.longestRun.inSeconds / 3_600)
            first.reject("the climb would take longer than \(hours)h", expected: "a higher rate, or fewer levels")
            return []
        }
        return [capacity.climbing(scenario, rate: rate)]
    }

    private func probes(_ field: Field, target: TargetKind) -> [ProbeOptions] {
        let example = "a list, such as [{ name: process, port: 8443, gauges: [fds, sockets] }]"
        guard let items = field.items(limit: ProfileLimits.probes, expected: example) else { return [] }
        return named(items, name: \.name) { ProbeReader.read($0, target: target) }
    }

    /// Reads items; reports those whose name was read before.
    private func named<Item>(_ items: [Field], name: KeyPath<Item, String>, read: (Field) -> Item?) -> [Item] {
        var names: Set<String> = []
        var result: [Item] = []
        for item in items {
            guard let value = read(item) else { continue }
            if !names.insert(value[keyPath: name]).inserted {
                item.reject("the name \(Quotation.quote(value[keyPath: name])) is taken", expected: "a name of its own")
            }
            result.append(value)
        }
        return result
    }

    /// The file's name without folder and extension.
    private var defaultName: String {
        let file = document.context.file.split(separator: "/").last ?? "profile"
        guard let dot = file.lastIndex(of: "."), dot > file.startIndex else { return String(file) }
        return String(file[..<dot])
    }
}
