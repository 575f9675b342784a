import Vocabulary

/// Reads `capacity:`.
enum CapacityReader {
    private static let example = "a map, such as { from: 500, by: 500, to: 10000, level: 10s }"

    /// Reads how a climb looks for the server's ceiling.
    static func read(_ field: Field, target: TargetKind) -> CapacityOptions? {
        guard var keys = MappingReader(field, expected: example) else { return nil }
        defer { keys.finish() }
        let streams = ProfileLimits.connections
        let from = keys.required("from", expected: "a whole number of streams, such as 500")?
            .wholeNumber(in: streams, example: 500)
        let step = step(by: keys.field("by"), factor: keys.field("factor"), of: field)
        let toField = keys.required("to", expected: "a whole number of streams, such as 10000")
        let to = toField?.wholeNumber(in: streams, example: 10_000)
        var options = CapacityOptions(from: from ?? 1, step: step ?? .by(1), to: to ?? 1)
        keys.read("level", into: &options.level) { $0.duration(in: ProfileLimits.levelTime, example: "10s") }
        keys.read("publish", into: &options.publish) { publish($0, target: target, every: &options.publishEvery) }
        guard let from, let to, step != nil, let toField else { return nil }
        guard from <= to else {
            let first = NumberText.grouped(from)
            toField.reject("\(NumberText.grouped(to)), but from is \(first)", expected: "at least \(first)")
            return nil
        }
        guard options.levels.count <= ProfileLimits.levels else {
            field.reject(
                "more than \(NumberText.grouped(ProfileLimits.levels)) levels",
                expected: "a larger step, or a lower to"
            )
            return nil
        }
        return options
    }

    private static func step(by: Field?, factor: Field?, of map: Field) -> CapacityOptions.Step? {
        switch (by, factor) {
        case (nil, nil):
            map.reject("neither by nor factor", expected: "either by or factor, such as by: 500")
            return nil
        case (_?, let factor?):
            factor.reject("both by and factor", expected: "either by or factor")
            return nil
        case (let by?, nil):
            return by.wholeNumber(in: ProfileLimits.connections, example: 500).map { .by($0) }
        case (nil, let factor?):
            return factor.decimal(above: 1, upTo: ProfileLimits.levelFactor, example: "1.5").map { .factor($0) }
        }
    }

    private static func publish(_ field: Field, target: TargetKind, every: inout Nanoseconds) -> PublishOptions? {
        var period = every
        var body: Field?
        let publish = PublishReader.read(field, target: target, body: SendMoment.placeholder) { keys in
            keys.read("every", into: &period) { $0.duration(in: ProfileLimits.publishEvery, example: "1s") }
            body = keys.field("body")
        }
        every = period
        guard let publish, !publish.body.contains(SendMoment.placeholder) else { return publish }
        (body ?? field).reject(
            "the body has no \(SendMoment.placeholder)",
            expected: "text in which \(SendMoment.placeholder) stands for the send time, by which events are measured"
        )
        return nil
    }
}
