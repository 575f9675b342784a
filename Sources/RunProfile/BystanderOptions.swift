import Vocabulary

/// An ordinary request to another endpoint, sent again and again to see whether streams harm it.
public struct BystanderOptions: Equatable, Sendable {
    /// Where it asks.
    public enum Address: Equatable, Sendable {
        /// A path of the target's host, asked with the target's headers.
        case path(String)
        /// Another address.
        case other(Target.Address)
    }

    /// Its name in reports.
    public var name: String
    /// Where it asks.
    public var address: Address
    /// The request method, in capitals.
    public var method = "GET"
    /// Headers in the order written; one named like a header of the target, or a default, replaces it.
    public var headers: [Target.Header] = []
    /// The request body; nil for none.
    public var body: String?
    /// From one request to the next, in ns.
    public var every: Nanoseconds = 200 * .perMillisecond
    /// How long an answer may take, in ns.
    public var timeout: Nanoseconds = 5 * .perSecond
    /// The status that is expected; nil for any from 200 to 399.
    public var expect: Int?

    /// A bystander with the keys that have no default.
    public init(name: String, address: Address) {
        self.name = name
        self.address = address
    }
}

/// Reads an item of `bystanders:`.
enum BystanderReader {
    private static let example = "a map, such as { name: health, url: /healthz, every: 200ms }"

    /// Reads all bystanders; one without a name has that of its address.
    static func read(_ field: Field, target: TargetKind) -> [BystanderOptions]? {
        let expectation = "a list, such as [{ name: health, url: /healthz, every: 200ms }]"
        guard let items = field.items(limit: ProfileLimits.bystanders, expected: expectation) else { return nil }
        var bystanders: [BystanderOptions] = []
        for item in items {
            guard let bystander = bystander(item, target: target) else { continue }
            if bystanders.contains(where: { $0.name == bystander.name }) {
                item.reject("the name \(Quotation.quote(bystander.name)) is taken", expected: "a name of its own")
            }
            bystanders.append(bystander)
        }
        return bystanders
    }

    private static func bystander(_ field: Field, target: TargetKind) -> BystanderOptions? {
        guard var keys = MappingReader(field, expected: example) else { return nil }
        defer { keys.finish() }
        let name = keys.field("name").map { $0.name() }
        let address = keys.required("url", expected: "a path of the target, such as /healthz, or an address")
            .flatMap { self.address($0, target: target) }
        var options = BystanderOptions(name: "", address: address?.address ?? .path("/"))
        options.name = (name ?? nil) ?? String((address?.text ?? "").prefix(ProfileLimits.nameLength))
        keys.read("method", into: &options.method) { $0.method() }
        keys.read("headers", into: &options.headers, TargetReader.headers)
        keys.read("body", into: &options.body) { $0.text(expected: "text, such as hello") }
        keys.read("every", into: &options.every) { $0.duration(in: ProfileLimits.bystanderEvery, example: "200ms") }
        keys.read("timeout", into: &options.timeout) {
            $0.duration(in: ProfileLimits.bystanderTimeout, example: "5s")
        }
        keys.read("expect", into: &options.expect) { $0.wholeNumber(in: 200...599, example: 200) }
        return address == nil || name == .some(nil) ? nil : options
    }

    private static func address(
        _ field: Field,
        target: TargetKind
    ) -> (address: BystanderOptions.Address, text: String)? {
        let expectation = "a path of the target, such as /healthz, or an http or https address"
        guard let text = field.text(expected: expectation) else { return nil }
        guard text.hasPrefix("/") else {
            return field.address(target: target, defaultPath: nil, example: "/healthz").map {
                (.other($0), SecretText.masked(word: text))
            }
        }
        // What an address may not hold, a path may not either.
        guard text.utf8.count <= ProfileLimits.addressBytes, let url = TargetURL("http://host" + text) else {
            field.rejectKind(expected: expectation)
            return nil
        }
        return (.path(url.path), SecretText.masked(word: text))
    }
}
