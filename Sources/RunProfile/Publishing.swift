import Vocabulary

/// Who publishes messages while the load lasts, so that it is seen what every stream gets of them.
public struct PublisherOptions: Equatable, Sendable {
    /// The body where the profile gives none.
    public static let defaultBody = #"{"topic":"${topic}","seq":${seq},"time":${time}}"#

    /// Its name, which also stands for `${topic}`.
    public var name: String
    /// Messages per second; the schedule never waits for the server.
    public var rate: Double
    /// The request of each message, with `${seq}`, `${time}` and `${topic}` in its body.
    public var request: PublishOptions
    /// Headers in the order written.
    public var headers: [Target.Header] = []
    /// The scenarios whose streams are to get the messages; nil for all.
    public var scenarios: [String]?
    /// When the first message is sent, in ns from the start of the load.
    public var start: Nanoseconds = 0
    /// How long a message may take before it counts as lost, in ns.
    public var grace: Nanoseconds = 1 * .perSecond

    /// A publisher with the keys that have no default.
    public init(name: String, rate: Double, request: PublishOptions) {
        self.name = name
        self.rate = rate
        self.request = request
    }
}

/// A request that makes the server publish an event.
public struct PublishOptions: Equatable, Sendable {
    /// Where it is sent: `reference/broadcast?topic=news`, or the address of a server that runs already.
    public typealias Address = Target.Address

    /// The request method, in capitals.
    public var method = "POST"
    /// Where it is sent.
    public var address: Address
    /// The request body.
    public var body = ""

    /// A publish of an empty body.
    public init(address: Address) { self.address = address }
}

/// Reads `publish:` of a profile, one publisher or a list of them.
enum PublisherReader {
    private static let example = "a map, such as { rate: 20/s, url: \"http://127.0.0.1:8080/broadcast?topic=news\" }"
    /// What stands for a message's own values, and is no variable of the environment.
    private static let placeholders: Set<String> = ["seq", "time", "topic"]
    private static let sequence = "${seq}"

    /// Reads all publishers.
    ///
    /// - Parameter scenarios: the profile's scenarios, by name.
    static func read(_ field: Field, target: TargetKind, scenarios: [String]) -> [PublisherOptions]? {
        guard case .sequence = field.node.content else {
            return publisher(field, target: target, scenarios: scenarios).map { [$0] }
        }
        let expectation = "a map, or a list of at most \(MessageStamp.publishers) maps"
        guard let items = field.items(limit: MessageStamp.publishers, expected: expectation) else { return nil }
        var publishers: [PublisherOptions] = []
        for item in items {
            guard let publisher = publisher(item, target: target, scenarios: scenarios) else { continue }
            if publishers.contains(where: { $0.name == publisher.name }) {
                item.reject("the name \(Quotation.quote(publisher.name)) is taken", expected: "a name of its own")
            }
            publishers.append(publisher)
        }
        return publishers
    }

    private static func publisher(_ field: Field, target: TargetKind, scenarios: [String]) -> PublisherOptions? {
        guard case .mapping = field.node.content else {
            field.rejectKind(expected: example)
            return nil
        }
        var name = "publisher"
        var rate: Double?
        var headers: [Target.Header] = []
        var only: [String]?
        var start: Nanoseconds = 0
        var grace: Nanoseconds = 1 * .perSecond
        var (body, graceField): (Field?, Field?)
        let request = PublishReader.read(
            field,
            target: target,
            body: PublisherOptions.defaultBody,
            keeping: placeholders
        ) { keys in
            keys.read("name", into: &name) { $0.name() }
            rate = keys.required("rate", expected: "a rate, such as 20/s").flatMap(self.rate)
            keys.read("headers", into: &headers, TargetReader.headers)
            keys.read("scenarios", into: &only) { names($0, among: scenarios) }
            keys.read("start", into: &start) { $0.duration(in: 0...ProfileLimits.longestRun, example: "2s") }
            graceField = keys.field("grace")
            if let read = graceField?.duration(in: ProfileLimits.publishGrace, example: "1s") { grace = read }
            body = keys.field("body")
        }
        guard let request, let rate else { return nil }
        guard request.body.contains(sequence) else {
            (body ?? field).reject(
                "the body has no \(sequence)",
                expected: "text in which \(sequence) stands for the message's number, by which it is known again"
            )
            return nil
        }
        guard rate * grace.inSeconds <= ProfileLimits.messagesWithinGrace else {
            (graceField ?? field).reject(
                "\(NumberText.grouped(Int(rate * grace.inSeconds))) messages within the grace time",
                expected: "at most \(NumberText.grouped(Int(ProfileLimits.messagesWithinGrace))): a shorter grace"
            )
            return nil
        }
        var options = PublisherOptions(name: name, rate: rate, request: request)
        options.headers = headers
        options.scenarios = only
        options.start = start
        options.grace = grace
        return options
    }

    private static func rate(_ field: Field) -> Double? {
        guard let rate = field.rate() else { return nil }
        guard ProfileLimits.publishRate.contains(rate) else {
            field.reject("found \(field.node.kind)", expected: "a rate from 0.01/s to 10,000/s, such as 20/s")
            return nil
        }
        return rate
    }

    private static func names(_ field: Field, among scenarios: [String]) -> [String]? {
        let expectation = "a list of scenarios' names, such as [listeners]"
        guard let items = field.items(limit: ProfileLimits.scenarios, expected: expectation) else { return nil }
        if items.isEmpty { field.reject("an empty list", expected: expectation) }
        return items.compactMap { item in
            guard let name = item.name() else { return nil }
            guard scenarios.contains(name) else {
                item.reject(
                    "no scenario is called \(Quotation.quote(name))",
                    nearest: NearestName.find(name, among: scenarios)
                )
                return nil
            }
            return name
        }
    }
}

/// Reads `publish:`.
enum PublishReader {
    /// Reads a request that makes the server publish.
    ///
    /// - Parameters:
    ///   - body: the body where the profile gives none.
    ///   - keeping: names that stay as they are in the body, `${seq}`, whatever the environment says.
    ///   - more: reads the keys that not every publish has.
    static func read(
        _ field: Field,
        target: TargetKind,
        body: String = "",
        keeping kept: Set<String> = [],
        more: (inout MappingReader) -> Void = { _ in }
    ) -> PublishOptions? {
        let example = "a map, such as { url: \"http://127.0.0.1:8080/broadcast?topic=news\" }"
        guard var keys = MappingReader(field, expected: example) else { return nil }
        defer { keys.finish() }
        let address = keys.required("url", expected: "an http or https address")?
            .address(target: target, defaultPath: nil, example: "/broadcast?topic=news")
        var options = PublishOptions(address: address ?? .reference(path: "/"))
        options.body = body
        keys.read("method", into: &options.method) { $0.method() }
        keys.read("body", into: &options.body) { $0.text(expected: "text, such as hello", keeping: kept) }
        more(&keys)
        return address == nil ? nil : options
    }
}
